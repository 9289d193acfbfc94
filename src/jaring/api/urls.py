"""Addresses of the door for machines."""

from __future__ import annotations

from django.urls import path

from jaring.api import batches, coverage, rosters, works
from jaring.api.door import api

for part in (rosters, batches, works, coverage):
    api.add_router("/v1", part.router)

urlpatterns = [path("api/", api.urls)]
