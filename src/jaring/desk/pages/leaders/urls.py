"""Addresses of the leaders' page."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.leaders import views

urlpatterns = [
    path("pimpinan/", views.leaders, name="leaders"),
    path("pimpinan/desa/", views.villages, name="leaders_villages"),
]
