"""Settlements that wait end by themselves when their bill was replaced or fits after all."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from jaring.enrolment.models import Settlement
from jaring.enrolment.models_settlement import OPEN
from jaring.journal.actions import record


def end_settlements(bill_ids: Sequence[int], why: str, *, by: str) -> int:
    """Within the transaction that replaced or matched the bills. How many ended."""
    ended = Settlement.objects.filter(bill_id__in=list(bill_ids), state__in=OPEN).update(
        state="ended", refused_by=by, refused_at=timezone.now(), refusal=why[:200]
    )
    if ended:
        record("enrolment.end_settlements", f"{ended} penyelesaian", by=by, alasan=why)
    return ended
