"""What stands in the addresses of the villages' dues."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.unit.desk.routes import Said
from tests.unit.desk.things import Things

from jaring.decide.models import Decision
from jaring.enrolment.actions_letter import numbered
from jaring.enrolment.actions_remind import KEPT
from jaring.enrolment.models_paper import Reminder


def _village(here: Things) -> dict[str, Any]:
    """A desa of the region: its dues are read by every officer of the villages' office."""
    return {"desa": "52.03.01.2001"}


def _letter(here: Things) -> dict[str, Any]:
    day = timezone.localdate()
    known = Reminder.objects.filter(desa_code="52.03.01.2001", date=day).first()
    if known is None:
        owed: dict[str, Any] = dict.fromkeys(KEPT, 0)
        owed |= {
            "desa": "Tanjung Luar",
            "kecamatan": "Keruak",
            "standing": "unbudgeted",
            "overdue_since": None,
        }
        known = Reminder.objects.create(
            desa_code="52.03.01.2001",
            year=day.year,
            level=1,
            date=day,
            deadline=day,
            owed=owed,
            letter=numbered("teguran", "contoh", date=day, by="uji"),
            by="uji",
        )
    return {"pk": known.pk}


EVERYWHERE = {"dues_village": _village, "dues_letter": _letter, "dues_withdraw": _letter}


def _owing(here: Things) -> str:
    """A desa with an official whom its budget forgot, so that a letter may go out to it."""
    official = {"segments": ["perangkat_desa"], "segment": "perangkat_desa", "sector": "other"}
    Decision.objects.filter(pk=here.decision.pk).update(**official)
    return here.desa_code


WORDS = {"kecamatan", "standing", "mulai", "langkah", "zip"}
SAID = {
    "dues_remind": (
        Said({"desa": _owing}, whose="regency"),
        Said({"desa": _owing}, lambda here: {"langkah": "terbitkan"}, whose="regency"),
    ),
    "dues_letters": (
        Said({"surat": lambda here: _letter(here)["pk"]}, method="GET", whose="regency"),
        Said({"surat": lambda here: _letter(here)["pk"]}, lambda here: {"zip": 1}, "GET", "regency"),
    ),
}
