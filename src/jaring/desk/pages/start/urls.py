"""Addresses of the first page and the choice of language."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.start import views

urlpatterns = [
    path("", views.start, name="home"),
    path("bahasa/", views.language, name="language"),
]
