"""What did not match is told once and kept until it is settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils import timezone

from jaring.enrolment.models import Discrepancy

#: key, code, paper, sentence
Told = tuple[str, str, str, str]


def tell(found: Iterable[Told]) -> int:
    """Keep what did not match; the same thing told again stays one. How many were given."""
    rows = [
        Discrepancy(key=key[:200], code=code, paper=paper[:120], sentence=sentence[:300])
        for key, code, paper, sentence in found
    ]
    Discrepancy.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    return len(rows)


def tell_of_bill(
    bill_id: int, paper: str, month: dt.date, found: Iterable[tuple[str, int | None, int, str]]
) -> int:
    """The named lines (code, person, rupiah, sentence) of one bill's difference, in place of earlier ones."""
    Discrepancy.objects.filter(bill_id=bill_id, settled_at__isnull=True).update(settled_at=timezone.now())
    at = timezone.now().isoformat()
    rows = [
        Discrepancy(
            key=f"tagihan:{bill_id}:{at}:{n}",
            code=code,
            paper=paper[:120],
            month=month,
            person_id=person,
            amount_idr=amount,
            sentence=sentence[:300],
            bill_id=bill_id,
        )
        for n, (code, person, amount, sentence) in enumerate(found)
    ]
    Discrepancy.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def settle(keys: Sequence[str]) -> None:
    """What was told under these keys came right later."""
    Discrepancy.objects.filter(key__in=keys, settled_at__isnull=True).update(settled_at=timezone.now())


def settle_bills(bill_ids: Sequence[int]) -> None:
    """The bills match now, or do not count any more; what was said of them is settled."""
    Discrepancy.objects.filter(bill_id__in=bill_ids, settled_at__isnull=True).update(
        settled_at=timezone.now()
    )
