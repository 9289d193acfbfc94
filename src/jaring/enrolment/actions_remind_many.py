"""Warning letters to several desa at once: each by itself, so that one that may not go stops no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from jaring.enrolment.actions_remind import remind
from jaring.enrolment.models_paper import Reminder
from jaring.facts.reason import Reason, Refused
from jaring.law.settings import LocalSetting


def remind_many(
    desa_codes: Sequence[str],
    year: int,
    *,
    by: str,
    on: dt.date | None = None,
    settings: Sequence[LocalSetting] = (),
) -> tuple[list[Reminder], list[Reason]]:
    """The letters that went out, and why others did not. Each keeps its own entry in the journal."""
    sent, refused = [], []
    for code in sorted(set(desa_codes)):
        try:
            with transaction.atomic():
                sent.append(remind(code, year, by=by, on=on, settings=settings))
        except Refused as fault:
            refused.append(fault.reason)
    return sent, refused
