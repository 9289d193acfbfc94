"""Reading the journal: entries by who, what and when, newest first; what each one says. Changes nothing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from jaring.journal.models import Entry, Head


def entries(
    *,
    actor: str = "",
    action: str = "",
    subject: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> QuerySet[Entry]:
    """Entries that fit everything that is given; ``until`` is the last day, itself included."""
    found = Entry.objects.all()
    if actor:
        found = found.filter(actor__icontains=actor)
    if action:
        found = found.filter(action=action)
    if subject:
        found = found.filter(subject__icontains=subject)
    if since:
        found = found.filter(at__gte=_start(since))
    if until:
        found = found.filter(at__lt=_start(until + dt.timedelta(days=1)))
    return found.order_by("-seq")


def _start(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def actions() -> list[str]:
    """Every action that was ever recorded, by name."""
    return list(Entry.objects.order_by("action").values_list("action", flat=True).distinct())


def facts(entry: Entry) -> dict[str, Any]:
    """What was recorded with the entry: counts, sums, codes."""
    said: dict[str, Any] = json.loads(bytes(entry.body))
    return said


def length() -> int:
    """How many entries there are."""
    head = Head.objects.filter(id=1).first()
    return head.seq if head else 0
