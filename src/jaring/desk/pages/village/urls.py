"""Addresses of a village's pages."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.village import entry, mending, reports, views

urlpatterns = [
    path("desa/", views.home, name="village"),
    path("desa/warga/", views.people, name="village_people"),
    path("desa/tertahan/", mending.held, name="village_held"),
    path("desa/perbaiki/<int:row>/", mending.mend, name="village_mend"),
    path("desa/isian/", entry.type_rows, name="village_type"),
    path("desa/isian/kirim/", entry.send, name="village_type_send"),
    path("desa/isian/luring/", entry.shell, name="village_type_shell"),
    path("desa/isian/layanan.js", entry.worker, name="village_type_worker"),
    path("desa/lapor/<uuid:public_id>/", reports.report, name="village_report"),
    path("desa/laporan/", reports.listed, name="village_reports"),
    path("desa/laporan/<uuid:public_id>/", reports.one, name="village_report_one"),
    path("desa/laporan/<uuid:public_id>/foto/", reports.photo, name="village_report_photo"),
]
