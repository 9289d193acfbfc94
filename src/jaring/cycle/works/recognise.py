"""The people of rows that were typed or mended on the site; nothing is said of it on anybody's first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.works import Progress
from jaring.people.actions import recognise

TITLE = "Mengenali orang"


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``by``."""
    counts = recognise(by=arguments["by"], progress=lambda doing: progress(0, 0, doing))
    return {"counts": {"orang_baru": counts["new_people"], "orang_lama": counts["known_people"]}}
