"""What stands in the addresses of the month."""

from __future__ import annotations

from typing import Any

from tests.unit.desk.things import Things


def _month(here: Things) -> dict[str, Any]:
    return {"month": "2026-04"}


EVERYWHERE = {"month_of": _month, "month_start": _month}

WORDS = {"stage", "token"}
