"""The only writer of the journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from jaring.journal.models import Entry, Head

_DOMAIN = b"jaring-journal-1"
GENESIS = hashlib.sha256(_DOMAIN).digest()


def link_hash(prev: bytes, seq: int, at: str, actor: str, action: str, subject: str, body: bytes) -> bytes:
    """SHA-256 over the parts, each with its length before it, so that no two entries can look alike."""
    digest = hashlib.sha256(_DOMAIN)
    parts = (prev, str(seq).encode(), at.encode(), actor.encode(), action.encode(), subject.encode(), body)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def record(action: str, subject: str, *, by: str, **facts: Any) -> Entry:
    """Append one entry inside the caller's transaction. ``facts``: counts, sums, codes; no personal data.

    Call it last in the action: the head stays locked until the transaction ends.
    """
    return record_each(action, [(subject, facts)], by=by)[0]


def record_each(action: str, subjects: Sequence[tuple[str, Mapping[str, Any]]], *, by: str) -> list[Entry]:
    """As ``record``, an entry for each (subject, facts) in their order, in one go."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("journal.record belongs inside the transaction of the action it records")
    at = timezone.now()
    Head.objects.get_or_create(id=1, defaults={"seq": 0, "hash": GENESIS})
    head = Head.objects.select_for_update().get(id=1)
    entries = []
    for subject, facts in subjects:
        body = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str).encode()
        seq, prev = head.seq + 1, bytes(head.hash)
        hash_ = link_hash(prev, seq, at.isoformat(), by, action, subject, body)
        entries.append(
            Entry(seq=seq, at=at, actor=by, action=action, subject=subject, body=body, prev=prev, hash=hash_)
        )
        head.seq, head.hash = seq, hash_
    Entry.objects.bulk_create(entries)
    head.save(update_fields=["seq", "hash"])
    return entries


def broken_at() -> int | None:
    """The number of the first entry that does not follow from the one before; None when all do.

    Writers go on meanwhile: the head is read before and after, and what was head before must still lie
    on the chain.
    """
    before = Head.objects.filter(id=1).first()
    prev, expected = GENESIS, 1
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        own = link_hash(
            prev, entry.seq, entry.at.isoformat(), entry.actor, entry.action, entry.subject, bytes(entry.body)
        )
        if entry.seq != expected or bytes(entry.prev) != prev or bytes(entry.hash) != own:
            return entry.seq
        if before is not None and entry.seq == before.seq and bytes(before.hash) != own:
            return entry.seq
        prev, expected = own, expected + 1
    after = Head.objects.filter(id=1).first()
    if before is not None and before.seq >= expected:
        return expected
    if after is not None and after.seq < expected - 1:
        return after.seq + 1
    return None
