"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.figures import views

urlpatterns = [
    path("ikhtisar/", views.overview_page, name="overview"),
    path("cakupan/", views.coverage, {"dimension": "kecamatan"}, name="coverage"),
    path("cakupan/<slug:dimension>/", views.coverage, name="coverage_by"),
    path("dana/", views.funds, name="funds"),
    path("tahap/", views.steps, name="steps"),
]
