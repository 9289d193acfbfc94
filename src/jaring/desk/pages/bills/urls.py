"""Addresses of the bills."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.bills import views, views_settle

urlpatterns = [
    path("tagihan/", views.newest, name="bills"),
    path("tagihan/masukkan/", views.upload, name="bills_upload"),
    path("tagihan/satu/<int:pk>/", views_settle.bill, name="bills_bill"),
    path("tagihan/satu/<int:pk>/usul/", views_settle.propose, name="bills_propose"),
    path("tagihan/penyelesaian/<int:pk>/", views_settle.settlement, name="bills_settlement"),
    path("tagihan/penyelesaian/<int:pk>/berita-acara/", views_settle.minutes, name="bills_agreement"),
    path("tagihan/penyelesaian/<int:pk>/tanda-tangan/", views_settle.sign, name="bills_sign"),
    path("tagihan/penyelesaian/<int:pk>/tarik/", views_settle.withdraw, name="bills_withdraw"),
    path("tagihan/baris/<int:pk>/", views_settle.chased, name="bills_chased"),
    path("tagihan/<str:month>/", views.reconciliation, name="bills_of"),
    path("tagihan/<str:month>/berita-acara/", views.minutes, name="bills_minutes"),
]
