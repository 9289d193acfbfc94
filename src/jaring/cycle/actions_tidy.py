"""What has served its time is deleted: ended sessions, queue entries, old works, files that were read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jaring.cycle.models import Work
from jaring.journal.actions import record
from jaring.officers import actions_export
from jaring.rosters import keeping
from jaring.rosters.models import Roster

#: A file that was examined and never sent, or read and booked, is kept this long.
FILES = dt.timedelta(days=2)
#: Officers look back on what they sent in the quarter; what it made stands in its own room for ever.
WORKS = dt.timedelta(days=92)
_QUEUE = dt.timedelta(days=14)


@transaction.atomic
def tidy(*, by: str) -> dict[str, int]:
    """Counts of what was deleted. Again, nothing is left to delete."""
    now = timezone.now()
    counts = {"berkas": _files(now - FILES)}
    old = Work.objects.filter(state__in=Work.ENDED, ended_at__lt=now - WORKS)
    counts["pekerjaan"] = old.delete()[0]
    counts["antrean"] = DBTaskResult.objects.finished().filter(finished_at__lt=now - _QUEUE).delete()[0]
    counts["unduhan"] = actions_export.purge(by=by)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    if counts["berkas"] or counts["pekerjaan"]:
        record("cycle.tidy", f"{timezone.localdate(now)}", by=by, **counts)
    return counts


def _files(until: dt.datetime) -> int:
    """Let go of files whose work has ended and that became no list. Only what this database knows of."""
    ended = Work.objects.filter(state__in=Work.ENDED, ended_at__lt=until)
    old = set(_digests(ended.values_list("arguments", flat=True)))
    standing = Work.objects.exclude(pk__in=ended.values("pk"))
    old -= set(_digests(standing.values_list("arguments", flat=True)))
    old -= set(Roster.objects.filter(sha256__in=old).values_list("sha256", flat=True))
    there = [sha256 for sha256 in sorted(old) if keeping.is_kept(sha256)]
    for sha256 in there:
        keeping.drop(sha256)
    return len(there)


def _digests(arguments: Iterable[dict[str, Any]]) -> Iterator[str]:
    for given in arguments:
        if isinstance(given.get("sha256"), str):
            yield str(given["sha256"])
        files = given.get("files")
        for one in files if isinstance(files, list) else []:
            yield str(one["sha256"])
