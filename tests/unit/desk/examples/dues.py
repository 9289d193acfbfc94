"""What stands in the addresses of the villages' dues."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.unit.desk.things import Things

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
