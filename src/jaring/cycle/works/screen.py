"""One uploaded list examined before it is sent: counts, problems, which header means what. Stores no row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from jaring.cycle.models import Work
from jaring.cycle.works import Progress
from jaring.facts.reason import Refused
from jaring.rosters.actions import let_go
from jaring.rosters.lists import examined
from jaring.rosters.synonyms import key, meaning

TITLE = "Memeriksa daftar"
#: Headers are shown for choosing a meaning; a table as wide as the limits needs no more.
_HEADS = 60
#: A file that was examined and never sent is kept this long.
_KEPT = dt.timedelta(days=2)


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """As ``receive``. The result holds headers as written and counts, no cell of any row."""
    _forget()
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


def _forget() -> None:
    """Let go of files that were examined and never sent."""
    until = timezone.now() - _KEPT
    old = Work.objects.filter(kind="screen", ended_at__lt=until, ended_at__gt=until - 7 * _KEPT)
    for sha256 in old.values_list("arguments__sha256", flat=True):
        let_go(sha256)
