"""One report although its form was sent twice at one moment, on a bad line."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

from django.db import connections
from tests.unit.enrolment.offices import made_up, sealed

from jaring.enrolment import actions_report as reports
from jaring.enrolment.models import Report
from jaring.journal.models import Entry


def test_two_telephones_at_one_moment_make_one_report(own_database: str) -> None:
    person, key = sealed(made_up(1))["person_id"][0], uuid.uuid4()
    found: list[int] = []

    def send() -> None:
        try:
            made = reports.report(
                key, person, "PINDAH", dt.date(2026, 4, 9), by="operator", note="Surat pindah dari desa"
            )
            found.append(made.pk)
        finally:
            connections.close_all()

    both = [threading.Thread(target=send) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert len(found) == 2
    assert len(set(found)) == Report.objects.count() == 1
    assert Entry.objects.filter(action="enrolment.report").count() == 1
