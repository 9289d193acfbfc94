"""Addresses of the approvals: one page to read each paper, one door to decide on it."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.approvals import deciding, views

urlpatterns = [
    path("persetujuan/", views.listed, name="approvals"),
    path("persetujuan/usulan/<int:pk>/", views.proposal, name="approvals_proposal"),
    path("persetujuan/usulan/<int:pk>/putus/", deciding.proposal, name="approvals_proposal_decide"),
    path("persetujuan/sk/<int:pk>/", views.decree, name="approvals_decree"),
    path("persetujuan/sk/<int:pk>/putus/", deciding.decree, name="approvals_decree_decide"),
    path("persetujuan/berkas/<str:month>/", views.batches, name="approvals_batches"),
    path("persetujuan/berkas/<str:month>/putus/", deciding.batches, name="approvals_batches_decide"),
    path("persetujuan/selisih/<int:pk>/", views.settlement, name="approvals_settlement"),
    path("persetujuan/selisih/<int:pk>/putus/", deciding.settlement, name="approvals_settlement_decide"),
    path("persetujuan/unduhan/<int:pk>/", views.export, name="approvals_export"),
    path("persetujuan/unduhan/<int:pk>/putus/", deciding.export, name="approvals_export_decide"),
]
