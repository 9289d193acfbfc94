"""What stands in the addresses of a village's pages."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from typing import Any

from PIL import Image
from tests.unit.desk.routes import Said
from tests.unit.desk.things import Things

from jaring.enrolment import photos
from jaring.enrolment.models import Report
from jaring.rosters.models import Row


def _held(here: Things) -> dict[str, Any]:
    row, _ = Row.objects.get_or_create(
        roster=here.roster,
        sheet="Sheet1",
        row_no=3,
        defaults={
            "accepted": False,
            "nik_state": "short",
            "name": f"{here.mark} TERTAHAN",
            "desa_code": here.desa_code,
            "kecamatan_code": here.desa_code[:8],
        },
    )
    return {"row": row.pk}


def _person(here: Things) -> dict[str, Any]:
    return {"public_id": here.person.public_id}


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG")
    return out.getvalue()


def _report(here: Things) -> dict[str, Any]:
    made, _ = Report.objects.get_or_create(
        public_id=uuid.uuid5(uuid.NAMESPACE_OID, f"lapor {here.mark}{here.number}"),
        defaults={
            "person_id": here.person.pk,
            "desa_code": here.desa_code,
            "kind": "MENINGGAL",
            "event_date": dt.date(2026, 4, 2),
            "note": f"Surat {here.mark}",
            "photo": photos.keep(_picture()),
            "reported_by": "uji",
        },
    )
    return {"public_id": made.public_id}


WITHIN = {
    "village_mend": _held,
    "village_report": _person,
    "village_report_one": _report,
    "village_report_photo": _report,
}


def _typed(here: Things) -> list[dict[str, Any]]:
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"ketik {here.mark}")
    return [{"key": str(key), "name": here.mark, "birth_date": "05-02-1985", "sex": "L"}]


WORDS = {"name", "nik", "birth_date", "sex", "work", "phone", "kind", "event_date", "note", "photo"}
_PLACE = {"desa": lambda here: here.desa_code}
SAID = {
    "village": (Said(_PLACE), Said(_PLACE, method="GET")),
    "village_people": (Said(_PLACE, method="GET"),),
    "village_held": (Said(_PLACE, method="GET"),),
    "village_type": (Said(_PLACE, method="GET"),),
    "village_type_send": (Said(_PLACE, rows=_typed),),
}
