"""What stands in the addresses of the bills."""

from __future__ import annotations

from typing import Any

from tests.unit.desk.things import Things


def _month(here: Things) -> dict[str, Any]:
    return {"month": "2026-04"}


EVERYWHERE = {"bills_of": _month, "bills_minutes": _month}
