"""One uploaded list: read, checked, stored, and its people recognised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from jaring.cycle.works import Progress, Right
from jaring.facts.reason import Refused
from jaring.facts.rupiah import dotted
from jaring.people.actions import recognise
from jaring.rosters import keeping
from jaring.rosters.actions import let_go, receive_bytes
from jaring.rosters.actions_withdraw import bring_back

TITLE = "Menerima daftar"
_STEPS = 3


def right(arguments: Mapping[str, Any]) -> Right:
    """To send lists, in the desa whose list it is."""
    return "roster.receive", arguments.get("desa_code")


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``sha256`` of the kept file, ``file_name``, ``office``, ``by``; may say ``kind, desa_code, as_of``."""
    progress(0, _STEPS, "Membaca dan memeriksa tiap baris")
    as_of = arguments.get("as_of")
    try:
        roster = receive_bytes(
            keeping.kept(arguments["sha256"]),
            arguments["file_name"],
            office=arguments["office"],
            kind=arguments.get("kind"),
            desa_code=arguments.get("desa_code"),
            as_of=dt.date.fromisoformat(as_of) if as_of else None,
            by=arguments["by"],
        )
    except Refused:
        # What is no list is not kept either.
        let_go(arguments["sha256"])
        raise
    # The same bytes are the same list, also one that its office had taken back.
    bring_back(roster, by=arguments["by"])
    progress(1, _STEPS, f"{dotted(roster.accepted)} baris diterima; mengenali orangnya")
    people = recognise(
        by=arguments["by"], progress=lambda doing: progress(2, _STEPS, f"Mengenali orang: {doing}")
    )
    return {
        "roster": roster.pk,
        "counts": {
            "baris_masuk": roster.rows_in,
            "diterima": roster.accepted,
            "ditahan": roster.quarantined,
            "orang_baru": people["new_people"],
            "orang_lama": people["known_people"],
            "perlu_diperiksa_orang": people["cases"],
        },
    }
