"""Once a day what has served its time is deleted; nothing is said of it on anybody's first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.actions_tidy import tidy
from jaring.cycle.works import Progress

TITLE = "Merapikan"


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``by``: the system."""
    progress(0, 1, "Menghapus yang sudah lewat waktunya")
    return {"counts": tidy(by=arguments["by"])}
