"""Addresses of the lists."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.lists import sending, views

urlpatterns = [
    path("daftar/", views.lists, name="lists"),
    path("daftar/kirim/", sending.upload, name="lists_upload"),
    path("daftar/periksa/<slug:key>/", sending.screened, name="lists_screened"),
    path("daftar/periksa/<slug:key>/arti/", sending.teach, name="lists_teach"),
    path("daftar/periksa/<slug:key>/kirim/", sending.send, name="lists_send"),
    path("daftar/periksa/<slug:key>/berkas/", sending.screened_file, name="lists_screened_file"),
    path("daftar/<int:pk>/", views.one, name="lists_one"),
    path("daftar/<int:pk>/berkas/", views.answer, name="lists_answer"),
    path("daftar/<int:pk>/tarik/", views.withdraw, name="lists_withdraw"),
    path("daftar/<int:pk>/kolom/", sending.headers, name="lists_headers"),
]
