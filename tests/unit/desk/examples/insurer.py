"""What stands in the addresses of the insurer's pages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.unit.desk.things import MONTH, Things

from jaring.enrolment.models import Answer, Batch


def _batch(here: Things) -> Batch:
    """Approved, as it is for the insurer."""
    here.batch_line  # noqa: B018 -- made, so that the file has a row
    Batch.objects.filter(pk=here.batch.pk).update(
        state="approved", approved_by="sekda", approved_at=timezone.now()
    )
    return here.batch


def _file(here: Things) -> dict[str, Any]:
    return {"pk": _batch(here).pk}


def _month(here: Things) -> dict[str, Any]:
    _batch(here)
    return {"month": f"{MONTH:%Y-%m}"}


def _answer(here: Things) -> dict[str, Any]:
    given = {"file_name": "jawaban.xlsx", "batch_number": "", "state": "applied", "by": "uji"}
    counts = {"rows": 1, "accepted": 1, "rejected": 0, "pending": 0}
    found, _ = Answer.objects.get_or_create(sha256=f"{here.number:064d}", defaults={**given, **counts})
    return {"pk": found.pk}


def _bill_file(here: Things) -> dict[str, Any]:
    return {"sha256": here.bill.file_sha256}


EVERYWHERE = {
    "insurer_file": _file,
    "insurer_month": _month,
    "insurer_answer": _answer,
    "insurer_bill_file": _bill_file,
}

WORDS = {"lihat"}
