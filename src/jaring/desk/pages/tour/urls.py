"""Addresses of the demo's walk."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.tour import views

urlpatterns = [
    path("peragaan/", views.tour, name="tour"),
    path("peragaan/masuk/", views.enter, name="tour_enter"),
]
