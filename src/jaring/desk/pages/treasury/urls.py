"""Addresses of the treasury."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.treasury import views, views_record

urlpatterns = [
    path("bayar/", views.calendar, name="treasury"),
    path("bayar/spp/", views.requests, name="treasury_requests"),
    path("bayar/spp/<int:pk>/", views.request_page, name="treasury_request"),
    path("bayar/spp/<int:pk>/lampiran/", views.attached, name="treasury_request_paper"),
    path("bayar/spp/<int:pk>/tarik/", views_record.withdraw, name="treasury_request_withdraw"),
    path("bayar/spp/<int:pk>/sp2d/", views_record.pay_request, name="treasury_pay_request"),
    path("bayar/sp2d/", views.payments, name="treasury_payments"),
    path("bayar/sp2d/<int:pk>/", views.payment, name="treasury_payment"),
    path("bayar/sp2d/berkas/", views_record.file, name="treasury_file"),
    path("bayar/sp2d/berkas/<slug:sha256>/", views.file_result, name="treasury_file_result"),
    path("bayar/<str:month>/<str:payer>/spp/", views_record.request, name="treasury_record_request"),
    path("bayar/<str:month>/<str:payer>/sp2d/", views_record.pay, name="treasury_record_payment"),
]
