"""Addresses of the papers."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.prints import views

urlpatterns = [
    path("cetak/", views.choose, name="prints"),
    path("cetak/selebaran/", views.leaflet, name="prints_leaflet"),
    path("cetak/<str:desa>/", views.village, name="prints_village"),
    path("cetak/<str:desa>/kartu/buat/", views.make, name="prints_make_cards"),
    path("cetak/<str:desa>/kartu/daftar/", views.holders, name="prints_cards"),
    path("cetak/<str:desa>/kartu/<int:card>/ganti/", views.replace, name="prints_replace_card"),
    path("cetak/<str:desa>/<slug:paper>/", views.download, name="prints_download"),
]
