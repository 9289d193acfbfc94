"""Addresses of the allocation."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.funding import views

urlpatterns = [
    path("usulan/", views.newest, name="funding"),
    path("usulan/anggaran/", views.budgets, name="funding_budgets"),
    path("usulan/<str:month>/", views.proposal, name="funding_of"),
    path("usulan/<str:month>/antrean/", views.waiting, name="funding_waiting"),
    path("usulan/nomor/<int:pk>/tarik/", views.withdraw, name="funding_withdraw"),
]
