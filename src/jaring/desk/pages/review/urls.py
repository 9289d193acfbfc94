"""Addresses of the review of doubtful people."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.review import asked, views

urlpatterns = [
    path("periksa/", views.queue, name="review_queue"),
    path("periksa/diputus/", views.decided, name="review_decided"),
    path("periksa/basi/", views.stale, name="review_stale"),
    path("periksa/<int:pk>/", views.case, name="review_case"),
    path("periksa/<int:pk>/batal/", views.undo, name="review_undo"),
    path("ditanya/", asked.listed, name="review_asked"),
    path("ditanya/<int:pk>/", asked.question, name="review_question"),
]
