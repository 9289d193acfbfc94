"""Numbers of letters: one series after another, without a gap, the same number for the same subject."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.db.models import Max

from jaring.enrolment.models_paper import Letter
from jaring.enrolment.series import SERIES
from jaring.journal.actions import record


@transaction.atomic
def numbered(series: str, subject: str, *, date: dt.date, by: str) -> Letter:
    """The letter of this series about ``subject``: the one there is, or the next number of the year.

    Two at once wait for each other. A transaction that is rolled back gives its number back, so that
    the series has no gap. ``subject`` holds codes and digests, no personal data.
    """
    if series not in SERIES:
        raise ValueError(f"no series of letters is called {series!r}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.letter'), hashtext(%s))", [series])
    known = Letter.objects.filter(series=series, subject=subject).first()
    if known is not None:
        return known
    last = Letter.objects.filter(series=series, year=date.year).aggregate(last=Max("number"))["last"] or 0
    letter = Letter.objects.create(
        series=series, year=date.year, number=last + 1, subject=subject, date=date, by=by
    )
    record("enrolment.numbered", f"{series} {letter.number}/{letter.year}", by=by, about=subject)
    return letter
