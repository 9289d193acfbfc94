"""The whole ledger as text for somebody, and word of it in the journal."""

from __future__ import annotations

from django.db import transaction

from jaring.journal.actions import record
from jaring.ledger import balance
from jaring.ledger.export import lines


@transaction.atomic
def export(*, by: str) -> bytes:
    """The text of ``ledger.export`` as bytes."""
    postings = balance.postings()
    body = "".join(lines(postings)).encode()
    record("ledger.export", f"{postings['entry_id'].n_unique()} ayat jurnal", by=by, bita=len(body))
    return body
