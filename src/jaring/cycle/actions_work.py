"""The writer of background work: started once per key, begun, ended, put back when its worker is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django_tasks_db.models import DBTaskResult

from jaring.cycle.models import Work
from jaring.cycle.works import kinds
from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.journal.actions import record
from jaring.officers.models import Export

#: Unfinished works of one officer; more is a script, or somebody who does not trust the first.
_MANY = 12
#: A work that has taken this many workers down with it is not tried again.
_TRIES = 3
_LOST = (
    "Pekerjaan ini berulang kali menghentikan pengolahnya dan tidak dicoba lagi. Beri tahu pengelola sistem."
)


@transaction.atomic
def start(
    kind: str, arguments: Mapping[str, Any], *, key: str, by: str, quiet: bool = False, alike: bool = False
) -> Work:
    """Put a work into the queue, or return the one that this key already started.

    ``quiet``: nobody waits for it, so its end is told on nobody's first page. ``alike``: one of the same
    officer with the same arguments that has not ended is this one, under whatever key.

    ``key`` stands in the address of its page: letters, digits and hyphens, no personal data. One key
    is one work of one officer: the key of another's work is refused.
    """
    if kind not in kinds():
        raise ValueError(f"no kind of work is called {kind}")
    if slugify(key) != key.lower() or not key:
        raise ValueError("a key is letters, digits and hyphens")
    if alike:
        same = Work.objects.filter(kind=kind, by=by, arguments=dict(arguments)).exclude(state__in=Work.ENDED)
        if (found := same.first()) is not None:
            return found
    own = {"kind": kind, "arguments": dict(arguments), "by": by, "started_at": timezone.now(), "seen": quiet}
    work, fresh = Work.objects.get_or_create(key=key, defaults=own)
    if fresh:
        open_ = Work.objects.filter(by=by, seen=False).exclude(state__in=Work.ENDED).count()
        if open_ > _MANY:
            raise refuse(
                "terlalu-banyak-pekerjaan",
                f"Masih ada {_MANY} pekerjaan Anda yang belum selesai.",
                "Tunggu sampai ada yang selesai, lalu coba lagi.",
            )
        _enqueue(work)
        record("work.start", f"pekerjaan {work.pk}", by=by, kind=kind)
    elif (work.kind, work.by) != (kind, by):
        raise refuse(
            "pekerjaan-lain", "Kunci ini sudah dipakai pekerjaan lain.", "Muat ulang halaman, lalu coba lagi."
        )
    return work


@transaction.atomic
def recognise_soon(*, by: str) -> None:
    """See to it that rows of this transaction find their people; one waiting work serves everybody's.

    The work that waits is locked until this transaction ends, so that it begins with these rows in sight.
    """
    waiting = Work.objects.select_for_update().filter(kind="recognise", state="waiting").first()
    if waiting is None:
        start("recognise", {"by": by}, key=f"kenali-{uuid4().hex}", by=by, quiet=True)


@transaction.atomic
def count_soon(months: Iterable[Month], *, by: str) -> None:
    """See to it that what was paid for these months is counted; one waiting work serves everybody's."""
    for month in sorted(set(months)):
        wanted = {"month": str(month), "stage": "cover"}
        waits = Work.objects.select_for_update().filter(kind="stage", state="waiting")
        if not waits.filter(arguments__contains=wanted).exists():
            key = f"hitung-{month}-{uuid4().hex}"
            start("stage", {**wanted, "by": by}, key=key, by=by, quiet=True)


@transaction.atomic
def make_export(export: Export) -> Work:
    """See to it that a list which was let go is made for its asker; once more where that had failed."""
    mine = Work.objects.filter(kind="export", arguments__export=export.pk)
    again = mine.filter(state="failed").count()
    key = f"unduhan-{export.pk}" + (f"-{again + 1}" if again else "")
    given = {"export": export.pk, "about": f"nomor {export.pk}", "by": export.asked_by}
    return start("export", given, key=key, by=export.asked_by)


@transaction.atomic
def told(work: Work, *, by: str) -> None:
    """The officer has seen how it ended: it leaves their first page."""
    Work.objects.filter(pk=work.pk, by=by, seen=False).update(seen=True)


@transaction.atomic
def begin(work_id: int) -> Work | None:
    """A worker takes it on; None when it has ended already."""
    work = Work.objects.select_for_update().get(pk=work_id)
    if work.state in Work.ENDED:
        return None
    work.state, work.tries = "running", work.tries + 1
    work.save(update_fields=["state", "tries"])
    return work


@transaction.atomic
def finish(work_id: int, state: str, sentence: str, result: Mapping[str, Any]) -> None:
    """How it ended."""
    Work.objects.filter(pk=work_id).update(
        state=state, sentence=sentence, result=dict(result), ended_at=timezone.now()
    )


@transaction.atomic
def put_back(work_id: int) -> bool:
    """Into the queue again, unless it waits there or has ended. Its lock is held by the caller."""
    work = Work.objects.select_for_update().get(pk=work_id)
    queued = DBTaskResult.objects.filter(pk=str(work.task), status="READY").exists()
    if work.state in Work.ENDED or queued:
        return False
    DBTaskResult.objects.filter(pk=str(work.task), status="RUNNING").update(
        status="FAILED", finished_at=timezone.now()
    )
    if work.tries >= _TRIES:
        work.state, work.sentence, work.ended_at = "failed", _LOST, timezone.now()
        work.save(update_fields=["state", "sentence", "ended_at"])
        return True
    work.state = "waiting"
    work.save(update_fields=["state"])
    _enqueue(work)
    return True


def _enqueue(work: Work) -> None:
    from jaring.cycle.work import carry_out

    work.task = carry_out.enqueue(work.pk).id
    work.save(update_fields=["task"])
