"""What stands in the addresses of the changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.unit.desk.things import Things

from jaring.enrolment.actions_split import PROMISED
from jaring.enrolment.models import Discrepancy, Report


def _report(here: Things) -> dict[str, Any]:
    made, _ = Report.objects.get_or_create(
        person_id=here.person.pk,
        kind="PINDAH",
        event_date=dt.date(2026, 4, 3),
        defaults={"desa_code": here.desa_code, "note": "surat pindah", "reported_by": "operator"},
    )
    return {"public_id": made.public_id}


def _question(here: Things) -> dict[str, Any]:
    made, _ = Discrepancy.objects.get_or_create(
        key=f"pisah:uji{here.number}",
        defaults={
            "code": PROMISED,
            "paper": "kasus 1",
            "person_id": here.person.pk,
            "amount_idr": 16_800,
            "sentence": "Kode uji: 1 bulan dijanjikan selagi dianggap satu orang.",
        },
    )
    return {"pk": made.pk}


WITHIN = {"changes_report": _report, "changes_photo": _report, "changes_answered": _question}

WORDS = {"refuse", "accept"}
