"""What stands in the addresses of the figures."""

from __future__ import annotations

from typing import Any

from tests.unit.desk.things import Things


def _dimension(here: Things) -> dict[str, Any]:
    return {"dimension": "segment"}


EVERYWHERE = {"coverage_by": _dimension}
