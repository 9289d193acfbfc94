"""Addresses of the papers."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.papers import one, views

urlpatterns = [
    path("surat/", views.newest, name="papers"),
    path("surat/jawaban/", views.answer, name="papers_answer"),
    path("surat/sk/<int:pk>/", one.decree, name="papers_decree"),
    path("surat/sk/<int:pk>/lampiran/", one.annex, name="papers_annex"),
    path("surat/sk/<int:pk>/tarik/", one.withdraw, name="papers_withdraw"),
    path("surat/berkas/<int:pk>/", one.batch, name="papers_batch"),
    path("surat/berkas/<int:pk>/unduh/", one.batch_file, name="papers_batch_file"),
    path("surat/<str:month>/", views.papers, name="papers_of"),
    path("surat/<str:month>/pengantar/", views.cover, name="papers_cover"),
]
