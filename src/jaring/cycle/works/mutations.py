"""One file of mutations: who left, on what proof; months, money and the next bill follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.taking import taken
from jaring.cycle.works import Progress
from jaring.enrolment.actions_mutate import read_mutations

TITLE = "Mengambil mutasi"


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``files``: one, its name and the ``sha256`` under which it is kept; ``by``."""
    with taken(arguments, "mutation.decide") as files:
        progress(0, 0, "Membaca berkas dan mengenali orangnya")
        return {"counts": read_mutations(files, by=arguments["by"], strict=True)}
