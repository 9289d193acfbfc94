"""A month decided again from its stored facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.works import Progress, Right
from jaring.decide.actions_check import check
from jaring.decide.local import settings
from jaring.facts.month import Month

TITLE = "Menghitung ulang keputusan"


def right(_arguments: Mapping[str, Any]) -> Right:
    """To decide again."""
    return "decision.recompute", None


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``month`` as YYYY-MM; ``by``: who asked."""
    progress(0, 1, "Menerapkan hukum pada fakta yang disimpan")
    counts, _ = check(Month.parse(arguments["month"]), by=arguments["by"], settings=settings())
    return {"counts": {"diputuskan": counts["decisions"], "berbeda": counts["differ"]}}
