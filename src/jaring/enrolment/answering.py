"""Where the exchange with the insurer stands: what was fetched, answered, billed. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Max, QuerySet

from jaring.enrolment.models import Answer, Batch, Bill, Discrepancy
from jaring.enrolment.refusals import reason
from jaring.facts.month import Month
from jaring.journal.models import Entry
from jaring.tables.frames import read

#: One batch, or every batch of a month that was approved by then.
_FETCHED = ("enrolment.fetch_batch", "enrolment.fetch_month", "api.fetch_batch")


def months() -> list[Month]:
    """Months with an approved batch, the newest first."""
    found = Batch.objects.filter(state="approved").order_by("-month").values_list("month", flat=True)
    return [Month.of(month) for month in found.distinct()]


def approved(month: Month) -> QuerySet[Batch]:
    """The batches of a month that a second person has approved."""
    return Batch.objects.filter(month=month.first, state="approved")


def progress(listed: Sequence[Batch]) -> list[dict[str, Any]]:
    """Each batch with ``fetched_at`` and its lines by answer.

    ``rcvd`` not answered, ``pdng`` put off, ``succ`` accepted, ``rjct`` refused; ``answered`` the last two;
    ``whole``: nothing is left to answer.
    """
    states: dict[int, dict[str, int]] = {}
    counted = read(
        """SELECT batch_id, state, count(*) AS n FROM enrolment_batchline
            WHERE batch_id = ANY(%s) GROUP BY 1, 2""",
        [[one.pk for one in listed]],
    )
    for batch, state, n in counted.iter_rows():
        states.setdefault(batch, {})[state] = n
    taken_at = fetched(listed)
    rows = []
    for one in listed:
        lines = {name: states.get(one.pk, {}).get(name, 0) for name in ("rcvd", "pdng", "succ", "rjct")}
        rows.append(
            {
                "batch": one,
                "fetched_at": taken_at.get(one.pk),
                **lines,
                "answered": lines["succ"] + lines["rjct"],
                "whole": not lines["rcvd"] and not lines["pdng"],
            }
        )
    return rows


def standing(month: Month) -> dict[str, Any]:
    """Over the month: ``files, people, iuran_idr, fetched, whole`` and the keys of those still ``unfetched``
    and ``unanswered``. What is answered whole need not be fetched any more."""
    rows = progress(list(approved(month)))
    return {
        "files": len(rows),
        "people": sum(row["batch"].people for row in rows),
        "iuran_idr": sum(row["batch"].iuran_idr for row in rows),
        "fetched": sum(row["fetched_at"] is not None for row in rows),
        "whole": sum(row["whole"] for row in rows),
        "unfetched": [row["batch"].pk for row in rows if row["fetched_at"] is None and not row["whole"]],
        "unanswered": [row["batch"].pk for row in rows if not row["whole"]],
    }


def fetched(listed: Sequence[Batch]) -> dict[int, dt.datetime]:
    """When each of these batches was last fetched, from the site or by a machine, alone or with its month."""
    subjects = {one.number for one in listed} | {str(Month.of(one.month)) for one in listed}
    found = Entry.objects.filter(action__in=_FETCHED, subject__in=subjects).order_by()
    last = dict(found.values_list("subject").annotate(at=Max("at")))
    at: dict[int, dt.datetime] = {}
    for one in listed:
        alone, together = last.get(one.number), last.get(str(Month.of(one.month)))
        if together and one.approved_at and together < one.approved_at:
            together = None
        times = [time for time in (alone, together) if time]
        if times:
            at[one.pk] = max(times)
    return at


def refused(answer: Answer) -> list[dict[str, Any]]:
    """Lines that this answer refused, by code: ``code, sentence, mend, people``."""
    found = read(
        """SELECT code, count(*) AS people FROM enrolment_batchline
            WHERE answer_id = %s AND state = 'rjct' GROUP BY code ORDER BY people DESC, code""",
        [answer.pk],
    )
    return [
        {"code": code, "people": people, "sentence": reason(code).sentence, "mend": reason(code).mend}
        for code, people in found.iter_rows()
    ]


def taken(answer: Answer) -> dict[str, int]:
    """How many lines of ours this answer settled: ``succ, rjct, pdng``."""
    found = read(
        "SELECT state, count(*) AS n FROM enrolment_batchline WHERE answer_id = %s GROUP BY 1", [answer.pk]
    )
    return dict.fromkeys(("succ", "rjct", "pdng"), 0) | dict(found.iter_rows())


def told(sha256: str, kind: str) -> list[Discrepancy]:
    """What did not match in a file of this content; ``kind`` is ``jawaban``, ``tagihan`` or ``sp2d``."""
    prefix = f"{kind}:{sha256}"
    found = Discrepancy.objects.filter(key__startswith=prefix).order_by("pk")
    return list(found[:200])


def unreadable(file_name: str) -> Discrepancy | None:
    """What was told of a file that could not be read at all."""
    return Discrepancy.objects.filter(key=f"berkas:{file_name}").first()


def bills(month: Month | None = None, *, state: str = "", sha256: str = "") -> QuerySet[Bill]:
    """Bills that stand, of a month, in a state; or those that came with a file of this content."""
    found = Bill.objects.select_related("payment")
    found = found.filter(file_sha256=sha256) if sha256 else found.exclude(state="withdrawn")
    if month is not None:
        found = found.filter(month=month.first)
    return found.filter(state=state) if state else found


def differences(listed: Sequence[Bill]) -> dict[int, list[Discrepancy]]:
    """What is open about each of these bills."""
    found: dict[int, list[Discrepancy]] = {}
    open_ = Discrepancy.objects.filter(bill__in=listed, settled_at__isnull=True).order_by("pk")
    for one in open_:
        found.setdefault(one.bill_id or 0, []).append(one)
    return found
