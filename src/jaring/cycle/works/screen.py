"""One uploaded list examined before it is sent: counts, problems, which header means what. Stores no row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.works import Progress, Right
from jaring.facts.reason import Refused
from jaring.rosters.actions import let_go
from jaring.rosters.lists import examined
from jaring.rosters.synonyms import key, meaning

TITLE = "Memeriksa daftar"
#: Headers are shown for choosing a meaning; a table as wide as the limits needs no more.
_HEADS = 60


def right(arguments: Mapping[str, Any]) -> Right:
    """As ``receive``."""
    return "roster.receive", arguments.get("desa_code")


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """As ``receive``. The result holds headers as written and counts, no cell of any row."""
    progress(0, 1, "Membaca dan memeriksa tiap baris")
    try:
        examination = examined(
            arguments["sha256"],
            arguments["file_name"],
            office=arguments["office"],
            kind=arguments.get("kind"),
            desa_code=arguments.get("desa_code"),
        )
    except Refused:
        let_go(arguments["sha256"])
        raise
    summary = examination.summary()
    used: dict[str, str] = {}
    unused: dict[str, None] = {}
    for sheet in summary["sheets"]:
        used |= sheet["columns"]
        unused |= dict.fromkeys(head for head in sheet["unused"] if not _known(head))
    return {
        "kind": summary["kind"],
        "kind_label": summary["kind_label"],
        "by_code": summary["by_code"],
        "ignored": summary["ignored"],
        "used": dict(list(used.items())[:_HEADS]),
        "unused": [text for text in unused if text not in used][:_HEADS],
        "counts": {
            "baris_masuk": summary["read"],
            "diterima": summary["accepted"],
            "ditahan": summary["quarantined"],
        },
    }


def _known(head: str) -> bool:
    """A running number is understood and used for nothing."""
    own = meaning(key(head))
    return own is not None and own[0] in {"seq", "-"}
