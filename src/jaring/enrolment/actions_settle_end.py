"""How settlements end: by themselves when their bill was replaced or fits, and line by line when chased."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from jaring.enrolment.models import Discrepancy, Settlement
from jaring.enrolment.models_settlement import OPEN
from jaring.facts.reason import refuse, stated
from jaring.journal.actions import record


def end_settlements(bill_ids: Sequence[int], why: str, *, by: str) -> int:
    """Within the transaction that replaced or matched the bills. How many ended."""
    ended = Settlement.objects.filter(bill_id__in=list(bill_ids), state__in=OPEN).update(
        state="ended", refused_by=by, refused_at=timezone.now(), refusal=why[:200]
    )
    if ended:
        record("enrolment.end_settlements", f"{ended} penyelesaian", by=by, alasan=why)
    return ended


@transaction.atomic
def close_chase(line: Discrepancy | int, reason: str, *, by: str) -> Discrepancy:
    """What the insurer billed and nobody paid is cleared up, and how. Again changes nothing."""
    why = stated(reason)
    key = line if isinstance(line, int) else line.pk
    held = Discrepancy.objects.select_for_update(of=("self",)).select_related("bill").filter(pk=key).first()
    if held is None or held.bill is None:
        raise refuse("selisih-tidak-ada", "Baris selisih ini tidak ada.", "Muat ulang halaman tagihannya.")
    if held.settled_at is not None:
        return held
    if held.bill.agreed_idr is None or held.bill.state not in ("matched", "paid"):
        raise refuse(
            "tagihan-belum-disepakati",
            f"Tagihan {held.bill.number} belum disepakati; barisnya ditutup bersama penyelesaiannya.",
            "Usulkan penyelesaian tagihannya lebih dahulu.",
        )
    held.settled_at = timezone.now()
    held.save(update_fields=["settled_at"])
    record(
        "enrolment.close_chase",
        held.bill.number,
        by=by,
        baris=held.pk,
        sebab=held.code,
        amount_idr=held.amount_idr,
        alasan=why,
    )
    return held
