"""Addresses that stand on cards and leaflets: they never change."""

from __future__ import annotations

from django.urls import path, re_path

from jaring.desk.pages.public import views

urlpatterns = [
    path("k/", views.ask, name="card"),
    # Any sign at all: what is no code is answered like a code that nobody has.
    re_path(r"^k/(?P<code>[^/]{1,200})/?$", views.told, name="card_answer"),
    path("klaim/", views.claim, name="claim_guide"),
]
