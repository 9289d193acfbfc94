"""Addresses of the month."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.month import views

urlpatterns = [
    path("bulan/", views.newest, name="month"),
    path("bulan/<str:month>/", views.steps, name="month_of"),
    path("bulan/<str:month>/kerjakan/", views.start, name="month_start"),
]
