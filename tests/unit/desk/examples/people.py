"""What stands in the addresses of the register."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.unit.desk.routes import Said
from tests.unit.desk.things import Things

from jaring.officers.models import Export, Officer


def _person(here: Things) -> dict[str, Any]:
    return {"public_id": here.person.public_id}


def _export(here: Things) -> dict[str, Any]:
    """An own export of whoever makes them: nobody opens another's."""
    maker = Officer.objects.get(username="disnakertrans.regency")
    made = Export.objects.create(
        kind="orang",
        parameters={"month": "2026-04"},
        people=1,
        reason="mencocokkan daftar dengan cabang",
        state="approved",
        asked_by=maker.username,
        asked_at=timezone.now(),
    )
    return {"pk": made.pk}


WITHIN = dict.fromkeys(("person", "person_nik", "person_pause", "person_resume"), _person)
EVERYWHERE = dict.fromkeys(("people_export", "people_export_file", "people_export_make"), _export)


def _asked(here: Things) -> dict[str, Any]:
    return {"month": "2026-04", "reason": "mencocokkan daftar dengan cabang"}


WORDS = {"month", "state", "numbers", "name"}
SAID = {
    "people": (
        Said({"place": lambda here: here.desa_code}),
        Said({"place": lambda here: here.desa_code[:8]}),
    ),
    "people_export_ask": (Said({"kecamatan": lambda here: here.desa_code[:8]}, _asked),),
}
