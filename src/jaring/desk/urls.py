"""Addresses of the site."""

from __future__ import annotations

from django.urls import include, path

from jaring.desk import views

urlpatterns = [
    path("", include("jaring.officers.urls")),
    path("", views.home, name="home"),
    path("cakupan/<slug:dimension>/", views.coverage, name="coverage"),
    path("dana/", views.funds, name="funds"),
    path("tahap/", views.steps, name="steps"),
]
