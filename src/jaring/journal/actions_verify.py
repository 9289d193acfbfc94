"""Going through the whole chain, and leaving word that somebody did and what was found."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from jaring.journal.actions import GENESIS, broken_at, record
from jaring.journal.models import Head


@dataclass(frozen=True)
class Verified:
    """``entries`` up to ``head``, the last hash; ``broken``: the first that does not follow, or None."""

    entries: int
    head: str
    broken: int | None


@transaction.atomic
def verify(*, by: str) -> Verified:
    """Recompute every link from the first entry on. The result stands in the journal it speaks of."""
    head = Head.objects.filter(id=1).first()
    found = Verified(head.seq if head else 0, bytes(head.hash if head else GENESIS).hex(), broken_at())
    try:
        with transaction.atomic():
            record(
                "journal.verify",
                f"{found.entries} catatan",
                by=by,
                kepala=found.head,
                putus_pada=found.broken or "–",
            )
    except IntegrityError:
        # A forged entry stands where the next one belongs: such a chain takes no word of anything.
        if found.broken is None:
            raise
    return found
