"""Addresses of the villages' dues."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.dues import views, views_letters

urlpatterns = [
    path("iuran-desa/", views.board_page, name="dues"),
    path("iuran-desa/tegur/", views_letters.many, name="dues_remind"),
    path("iuran-desa/surat/", views_letters.papers, name="dues_letters"),
    path("iuran-desa/surat/<int:pk>/", views_letters.paper, name="dues_letter"),
    path("iuran-desa/surat/<int:pk>/tarik/", views_letters.withdraw_page, name="dues_withdraw"),
    path("iuran-desa/<str:desa>/", views.village, name="dues_village"),
]
