"""Addresses of the accounts."""

from __future__ import annotations

from django.urls import path

from jaring.desk.pages.accounts import views, views_roles

urlpatterns = [
    path("akun/petugas/", views.accounts, name="accounts"),
    path("akun/petugas/baru/", views.new, name="accounts_new"),
    path("akun/petugas/<int:pk>/", views.account, name="accounts_one"),
    path("akun/petugas/<int:pk>/nonaktifkan/", views.disable, name="accounts_disable"),
    path("akun/petugas/<int:pk>/aktifkan/", views.enable, name="accounts_enable"),
    path("akun/petugas/<int:pk>/kata-sandi/", views.password, name="accounts_password"),
    path("akun/petugas/<int:pk>/faktor-kedua/", views.factor, name="accounts_factor"),
    path("akun/petugas/<int:pk>/peran/", views_roles.choose, name="accounts_role"),
    path("akun/petugas/<int:pk>/peran/<slug:role>/", views_roles.give, name="accounts_role_give"),
    path("akun/peran/<int:pk>/akhiri/", views_roles.end, name="accounts_role_end"),
]
