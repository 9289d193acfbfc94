"""The journal cannot be changed unseen."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction

from jaring.journal import actions
from jaring.journal.models import Entry


def _three() -> None:
    with transaction.atomic():
        for n in range(3):
            actions.record("uji", f"hal {n}", by="penguji", jumlah=n)


@pytest.mark.django_db
def test_a_chain_of_entries_holds() -> None:
    _three()
    assert actions.broken_at() is None


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE journal_entry SET actor = 'lain'", "DELETE FROM journal_entry"])
def test_the_table_refuses_changes(change: str) -> None:
    _three()
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db
def test_a_rewritten_entry_is_found() -> None:
    _three()
    entry = Entry.objects.get(seq=2)
    entry.body = b'{"jumlah": 99}'
    changed = actions.link_hash(
        bytes(entry.prev),
        2,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        bytes(entry.body),
    )
    assert changed != bytes(entry.hash)


@pytest.mark.usefixtures("own_database")
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        actions.record("uji", "tanpa transaksi", by="penguji")
