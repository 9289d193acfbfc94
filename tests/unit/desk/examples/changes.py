"""What stands in the addresses of the changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.unit.desk.things import Things

from jaring.enrolment.models import Report


def _report(here: Things) -> dict[str, Any]:
    made, _ = Report.objects.get_or_create(
        person_id=here.person.pk,
        kind="PINDAH",
        event_date=dt.date(2026, 4, 3),
        defaults={"desa_code": here.desa_code, "note": "surat pindah", "reported_by": "operator"},
    )
    return {"public_id": made.public_id}


WITHIN = {"changes_report": _report, "changes_photo": _report}
