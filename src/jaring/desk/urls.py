"""Addresses of the site."""

from __future__ import annotations

from django.urls import path

from jaring.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("cakupan/<slug:dimension>/", views.coverage, name="coverage"),
    path("dana/", views.funds, name="funds"),
    path("tahap/", views.steps, name="steps"),
]
