"""A desa's bills and letters of a year, newest first, for its page. Reads only."""

from __future__ import annotations

from typing import Any

from jaring.enrolment import series
from jaring.enrolment.models import Bill
from jaring.enrolment.models_paper import Reminder
from jaring.facts.month import Month


def bills(desa_code: str, year: int) -> list[Bill]:
    """Bills of the desa's own purse: its ADD, for wage earners and for others."""
    found = Bill.objects.filter(
        wadah__in=[f"{form}-ADD-{desa_code}" for form in ("SD", "PU", "SA")],
        month__gte=Month(year, 1).first,
        month__lte=Month(year, 12).first,
    )
    return list(found.exclude(state="withdrawn").select_related("payment").order_by("-month", "wadah"))


def reminders(desa_code: str) -> list[dict[str, Any]]:
    """Letters to the desa: ``one, number``; and ``last`` for the one that may be withdrawn."""
    found = list(
        Reminder.objects.filter(desa_code=desa_code).select_related("letter").order_by("-date", "-pk")
    )
    standing = next((one.pk for one in found if one.withdrawn_at is None), None)
    return [{"one": one, "number": series.written(one.letter), "last": one.pk == standing} for one in found]


def letters(keys: list[int]) -> list[Reminder]:
    """These reminders, in order of place."""
    return list(Reminder.objects.filter(pk__in=keys).select_related("letter").order_by("desa_code"))
