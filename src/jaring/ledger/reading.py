"""Entries by fund, document and day, with their lines. Changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from jaring.ledger.models import Entry, Posting


def entries(
    *, fund: str = "", document: str = "", since: dt.date | None = None, until: dt.date | None = None
) -> QuerySet[Entry]:
    """Entries that fit everything given; ``document`` also finds the key of the event."""
    found = Entry.objects.all()
    if fund:
        touched = Posting.objects.filter(account__fund__iexact=fund)
        found = found.filter(pk__in=touched.values("entry"))
    if document:
        found = found.filter(Q(document__icontains=document) | Q(key__icontains=document))
    if since:
        found = found.filter(date__gte=since)
    if until:
        found = found.filter(date__lte=until)
    return found


def lines(listed: Sequence[Entry]) -> dict[int, list[Posting]]:
    """The postings of these entries, by entry, debits first."""
    found: dict[int, list[Posting]] = {}
    for one in Posting.objects.filter(entry__in=listed).order_by("entry_id", "-amount_idr", "account_id"):
        found.setdefault(one.entry_id, []).append(one)
    return found
