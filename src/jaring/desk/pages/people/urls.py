"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.people import exports, one, views

urlpatterns = [
    path("orang/", views.listed, name="people"),
    path("orang/unduhan/", exports.listed, name="people_exports"),
    path("orang/unduhan/minta/", exports.ask, name="people_export_ask"),
    path("orang/unduhan/<int:pk>/", exports.export, name="people_export"),
    path("orang/unduhan/<int:pk>/buat/", exports.make, name="people_export_make"),
    path("orang/unduhan/<int:pk>/berkas/", exports.file, name="people_export_file"),
    path("orang/<uuid:public_id>/", one.person, name="person"),
    path("orang/<uuid:public_id>/nik/", one.reveal, name="person_nik"),
    path("orang/<uuid:public_id>/tahan/", one.pause, name="person_pause"),
    path("orang/<uuid:public_id>/lepas/", one.resume, name="person_resume"),
]
