"""Addresses of the audit."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.audit import views_checks, views_figures, views_journal, views_ledger

urlpatterns = [
    path("pemeriksaan/", views_figures.figures, name="audit"),
    path("pemeriksaan/angka/<int:pk>/", views_figures.figure, name="audit_figure"),
    path("pemeriksaan/angka/<int:pk>/unduh/", views_figures.rows, name="audit_figure_rows"),
    path("pemeriksaan/jurnal/", views_journal.journal, name="audit_journal"),
    path("pemeriksaan/nik/", views_journal.reveals, name="audit_reveals"),
    path("pemeriksaan/rantai/", views_checks.chain, name="audit_chain"),
    path("pemeriksaan/hitung-ulang/", views_checks.recomputed, name="audit_recompute"),
    path("pemeriksaan/hitung-ulang/<str:month>/", views_checks.differences, name="audit_differences"),
    path("buku-besar/", views_ledger.trial, name="audit_ledger"),
    path("buku-besar/ayat/", views_ledger.entries, name="audit_entries"),
    path("buku-besar/unduh/", views_ledger.text, name="audit_ledger_text"),
]
