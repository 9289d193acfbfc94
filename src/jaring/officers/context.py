"""What every template may count on: the region, whether its people are invented, the officer's rights."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from jaring.facts.region import region
from jaring.tables.home import home


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "region": region(settings.REGION),
        "invented": (home() / "REKAAN").exists(),
        "scope": getattr(request, "scope", None),
    }
