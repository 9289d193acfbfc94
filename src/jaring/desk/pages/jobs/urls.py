"""Addresses of background work."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.jobs import views

urlpatterns = [
    path("pekerjaan/<slug:key>/", views.job, name="job"),
    path("pekerjaan/<slug:key>/buka/", views.opened, name="job_open"),
]
