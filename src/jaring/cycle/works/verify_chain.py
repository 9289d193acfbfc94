"""The journal's chain verified from its first entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.works import Progress
from jaring.journal.actions_verify import verify

TITLE = "Memeriksa rantai jurnal"


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``by``: who asked."""
    progress(0, 1, "Menghitung ulang setiap mata rantai")
    found = verify(by=arguments["by"])
    return {"counts": {"catatan": found.entries, "putus_pada": found.broken or "tidak ada"}}
