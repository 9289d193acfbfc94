"""One file of SP2D: each line that adds up is booked, each other told with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.actions_work import count_soon
from jaring.cycle.taking import taken
from jaring.cycle.works import Progress
from jaring.enrolment import paying
from jaring.enrolment.actions_pay import read_payments
from jaring.enrolment.models import Bill
from jaring.facts.month import Month
from jaring.facts.rupiah import dotted

TITLE = "Membukukan SP2D"


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``files``: one, its name and the ``sha256`` under which it is kept; ``by``."""
    by = arguments["by"]

    def told(done: int, of: int) -> None:
        progress(done, of, f"Membukukan {dotted(of)} baris SP2D")

    with taken(arguments, "payment.record") as files:
        progress(0, 0, "Membaca dan memeriksa berkas")
        counts = read_payments(files, by=by, strict=True, progress=told)
        made = paying.payments_of(arguments["files"][0]["sha256"])
        months = Bill.objects.filter(payment__in=made).values_list("month", flat=True).distinct()
        count_soon((Month.of(day) for day in months), by=by)
    return {"counts": counts}
