"""Addresses of the bills."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.bills import views

urlpatterns = [
    path("tagihan/", views.newest, name="bills"),
    path("tagihan/masukkan/", views.upload, name="bills_upload"),
    path("tagihan/<str:month>/", views.reconciliation, name="bills_of"),
    path("tagihan/<str:month>/berita-acara/", views.minutes, name="bills_minutes"),
]
