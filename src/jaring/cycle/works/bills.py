"""One file of the insurer's bills: taken in, and every open bill held against our own months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.taking import taken
from jaring.cycle.works import Progress
from jaring.decide.local import settings
from jaring.enrolment.actions_bill import read_bill_file, recheck

TITLE = "Mengambil tagihan BPJS"
#: The page that it was sent from, and the right that opens it.
_RIGHTS = {"insurer": "answer.give", "bills": "bill.reconcile"}


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``files``: one, its name and the ``sha256`` under which it is kept; ``by``; ``place``."""
    by = arguments["by"]
    with taken(arguments, _RIGHTS[arguments["place"]]) as [file]:
        progress(0, 2, "Membaca dan memeriksa berkas")
        counts = read_bill_file(file, by=by, settings=settings())
        progress(1, 2, "Mencocokkan tagihan dengan daftar kita")
        counts["matched"] += recheck(by=by)
    return {"counts": counts}
