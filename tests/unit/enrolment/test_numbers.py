"""Numbers of letters under many hands at once: none twice, none missing."""

from __future__ import annotations

import datetime as dt
import threading

from django.db import connections

from jaring.enrolment.actions_letter import numbered
from jaring.enrolment.models import Letter
from jaring.enrolment.series import SERIES, written

DAY = dt.date(2026, 5, 2)


def test_eight_at_once_get_eight_numbers_in_a_row(own_database: str) -> None:
    start, faults = threading.Barrier(8), []

    def one(place: int) -> None:
        try:
            start.wait(timeout=20)
            for turn in range(5):
                # Half of them ask for a letter that another asks for too.
                numbered("teguran", f"desa {place // 2} {turn}", date=DAY, by=f"petugas {place}")
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    hands = [threading.Thread(target=one, args=(place,)) for place in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
    assert faults == []
    assert sorted(Letter.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert Letter.objects.values("subject").distinct().count() == 20


def test_a_number_reads_as_the_regency_writes_it() -> None:
    letter = Letter(series="teguran", year=2026, number=112, subject="x", date=DAY, by="x")
    assert written(letter) == "400.10.2.4/112/PMD/2026"
    assert len({one.code + one.unit for one in SERIES.values()}) == len(SERIES)
