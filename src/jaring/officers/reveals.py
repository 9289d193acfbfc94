"""Reading who opened which NIK. Changes nothing."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from jaring.officers.models import Reveal


def reveals(
    *, officer: str = "", since: dt.date | None = None, until: dt.date | None = None
) -> QuerySet[Reveal]:
    """Opened NIKs with their officers, by account or name and by day, both days included."""
    found = Reveal.objects.select_related("officer")
    if officer:
        found = found.filter(
            Q(officer__username__icontains=officer) | Q(officer__first_name__icontains=officer)
        )
    if since:
        found = found.filter(day__gte=since)
    if until:
        found = found.filter(day__lte=until)
    return found
