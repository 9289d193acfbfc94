"""Addresses of the insurer's pages."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.insurer import views, views_give

urlpatterns = [
    path("bpjs/berkas/", views.batches, name="insurer"),
    path("bpjs/berkas/<int:pk>/", views.batch_file, name="insurer_file"),
    path("bpjs/berkas/<str:month>/", views.month_files, name="insurer_month"),
    path("bpjs/jawaban/", views_give.answers, name="insurer_answers"),
    path("bpjs/jawaban/<int:pk>/", views_give.answer, name="insurer_answer"),
    path("bpjs/tagihan/", views_give.bills, name="insurer_bills"),
    path("bpjs/tagihan/<slug:sha256>/", views_give.bill_file, name="insurer_bill_file"),
]
