"""One received list read again after its office taught what its headers mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.works import Progress, Right
from jaring.people.actions import recognise
from jaring.rosters.actions import reread

TITLE = "Membaca ulang daftar"


def right(_arguments: Mapping[str, Any]) -> Right:
    """To send lists; whose list it is was asked when its headers were opened."""
    return "roster.receive", None


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``roster`` (its number), ``by``."""
    progress(0, 2, "Membaca dan memeriksa tiap baris")
    roster = reread(arguments["roster"], by=arguments["by"])
    progress(1, 2, "Mengenali orangnya")
    recognise(by=arguments["by"])
    return {
        "roster": roster.pk,
        "counts": {
            "baris_masuk": roster.rows_in,
            "diterima": roster.accepted,
            "ditahan": roster.quarantined,
        },
    }
