"""Addresses of the site: each area's own, found by listing."""

from __future__ import annotations

from django.urls import include, path

from jaring.desk.areas import areas

urlpatterns = [
    path("", include("jaring.officers.urls")),
    # By name: the two doors do not know each other.
    path("", include("jaring.api.urls")),
    *(path("", include(f"{area.__name__}.urls")) for area in areas()),
]
