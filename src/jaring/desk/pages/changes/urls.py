"""Addresses of the changes."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.changes import views

urlpatterns = [
    path("mutasi/", views.reports_waiting, name="changes"),
    path("mutasi/tercatat/", views.recorded, name="changes_recorded"),
    path("mutasi/berkas/", views.upload, name="changes_upload"),
    path("mutasi/pertanyaan/", views.questions, name="changes_questions"),
    path("mutasi/pertanyaan/<int:pk>/", views.answered, name="changes_answered"),
    path("mutasi/tempat/", views.places, name="changes_places"),
    path("mutasi/laporan/<uuid:public_id>/", views.report, name="changes_report"),
    path("mutasi/laporan/<uuid:public_id>/foto/", views.photo, name="changes_photo"),
]
