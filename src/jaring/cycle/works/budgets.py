"""One budget file: its funds loaded, or given a new version; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.taking import taken
from jaring.cycle.works import Progress
from jaring.enrolment import papers
from jaring.funding.actions import load_budgets

TITLE = "Memuat anggaran"


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``files``: one, its name and the ``sha256`` under which it is kept; ``by``."""
    with taken(arguments, "fund.load") as [file]:
        progress(0, 0, "Membaca dan memeriksa tiap baris")
        return {"counts": {"dana": len(load_budgets(papers.opened(file), by=arguments["by"]))}}
