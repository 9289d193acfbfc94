"""Long work outside the request: started once, seen while it runs, finished also when a worker is killed.

The queue is that of ``django-tasks-db``. What it lacks is here: the row an officer watches, one work per
key, and the return of work whose worker died. A worker holds a lock of PostgreSQL's own while it works;
the server frees it when the worker's connection ends, whatever ended it. Work that says it runs while
its lock is free has lost its worker.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, connections
from django.utils import timezone
from django_tasks import task

from jaring.cycle.actions_work import (
    begin,
    count_soon,
    finish,
    make_export,
    put_back,
    recognise_soon,
    start,
    told,
)
from jaring.cycle.models import Work
from jaring.cycle.taking import scope_of
from jaring.cycle.works import kinds
from jaring.facts.reason import Refused
from jaring.officers.models import SYSTEM

#: Beside the number of the work; other locks of this house use one number, not two.
_LOCKS = 504010
_FAULT = (
    "Pekerjaan berhenti karena kesalahan sistem. Tidak ada yang disimpan setengah. "
    "Beri tahu pengelola sistem."
)
_log = logging.getLogger("jaring.work")


def ended(by: str) -> list[Work]:
    """Work of this officer that ended and was not opened since, the newest first."""
    return list(Work.objects.filter(by=by, seen=False, state__in=Work.ENDED).order_by("-pk")[:20])


def export(pk: int) -> Work | None:
    """The newest work that makes this export."""
    return Work.objects.filter(kind="export", arguments__export=pk).order_by("-pk").first()


@task()
def carry_out(work_id: int) -> None:
    """What a worker does with a work. Never raises: what went wrong stands in the row."""
    with _held(work_id) as own:
        if own is None:
            return
        work = begin(work_id)
        if work is not None:
            finish(work_id, *_done(work, own))


def _done(work: Work, own: Any) -> tuple[str, str, dict[str, Any]]:
    kind = kinds()[work.kind]
    try:
        asked = kind.right(work.arguments) if hasattr(kind, "right") else None
        if asked is not None:
            scope_of(work.by).require(*asked)
        result = kind.run(work.arguments, _progress(own, work.pk))
        return "done", "", result
    except Refused as refused:
        reason = refused.reason
        return "failed", reason.sentence, {"code": reason.code, "mend": reason.mend}
    except Exception as fault:
        # A message may quote a cell, and a cell may hold a NIK: only its kind and its way are kept.
        way = "".join(traceback.format_list(traceback.extract_tb(fault.__traceback__)))
        _log.error("pekerjaan %s (%s): %s\n%s", work.pk, work.kind, type(fault).__name__, way)
        return "failed", _FAULT, {"fault": type(fault).__name__}


def _progress(own: Any, work_id: int) -> Any:
    last = 0.0

    def say(done: int, of: int, sentence: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < 1:
            return
        last = now
        with own.cursor() as cursor:
            cursor.execute(
                'UPDATE cycle_work SET done = %s, "of" = %s, sentence = %s WHERE id = %s',
                [done, of, sentence[:200], work_id],
            )

    return say


@contextmanager
def _held(work_id: int) -> Iterator[Any]:
    """A connection of its own that holds this work's lock; None when another worker holds it.

    Of its own also because progress must be seen while the work's transaction is open.
    """
    own = connections["default"].copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, work_id % 2**31])
            got = cursor.fetchone()[0]
        yield own if got else None
    finally:
        # Given back before the line is cut: the server takes its time to see that nobody is there any more.
        with suppress(DatabaseError), own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
        own.close()


def recover() -> int:
    """Put back what was taken by workers that are no more; returns how much. Called by every worker."""
    found = 0
    for work in Work.objects.exclude(state__in=Work.ENDED).order_by("pk"):
        with _held(work.pk) as own:
            if own is not None and put_back(work.pk):
                found += 1
    return found


def tidy_today() -> None:
    """See to it that today's tidying is done; asked for by every worker, done once."""
    day = timezone.localdate()
    start("tidy", {"by": SYSTEM}, key=f"rapikan-{day}", by=SYSTEM, quiet=True)


def serve(*, until_empty: bool = False) -> None:
    """Be a worker: do what waits, look for what was lost, wait a moment, for ever. SIGTERM ends it
    after the work in hand."""
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{timezone.now():%Y%m%d%H%M%S}-{time.monotonic_ns()}",
        excluded_queue_names=[],
    )
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    worker.configure_signals()
    day = None
    while worker.running:
        if not until_empty and day != timezone.localdate():
            day = timezone.localdate()
            tidy_today()
        recover()
        worker.run()
        if until_empty or not worker.running:
            return
        # Somebody looks at the page of what they just sent.
        time.sleep(0.4)


__all__ = [
    "Work",
    "carry_out",
    "count_soon",
    "ended",
    "export",
    "make_export",
    "recognise_soon",
    "recover",
    "serve",
    "start",
    "tidy_today",
    "told",
]
