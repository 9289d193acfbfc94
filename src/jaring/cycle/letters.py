"""The month's papers beside the stage that makes them; one that lies there already is left as signed.

None is made for a run without an outbox.
"""

from __future__ import annotations

import datetime as dt

from jaring.cycle.job import Job
from jaring.decide.local import settings
from jaring.enrolment import paperwork, paperwork_annex, series
from jaring.enrolment.actions_letter import numbered
from jaring.enrolment.letters.apart import Setting
from jaring.enrolment.models import Batch, Bill, Decree


def annexes(job: Job) -> int:
    """The annex of every signed decree of the month, in the outbox when the run ends. How many."""
    if job.outbox is None:
        return 0
    decrees = Decree.objects.filter(month=job.month.first, state="approved").order_by("id")
    for place, decree in enumerate(decrees, start=1):
        begun = _annex(job, decree, place)
        if begun is not None:
            job.papers.append(begun)
    return len(decrees)


def annex_of_draft(job: Job, draft: Decree, date: dt.date) -> Setting | None:
    """The annex of a draft that is signed with this ``date`` next, set while its months are written.

    Who began it either keeps it in ``job.papers`` once the draft is signed, or drops it.
    """
    if job.outbox is None:
        return None
    before = Decree.objects.filter(month=job.month.first, state="approved", id__lt=draft.pk).count()
    draft.date = date
    return _annex(job, draft, before + 1)


def _annex(job: Job, decree: Decree, place: int) -> Setting | None:
    """Begun, unless it lies there or was begun before."""
    assert job.outbox is not None
    out = job.outbox / "surat" / f"{job.month}-lampiran-sk-{place}.pdf"
    begun = any(path.stem.startswith(out.stem) for one in job.papers for path in one.paths)
    if begun or paperwork_annex.lies(out):
        return None
    about = f"Penerima bantuan iuran jaminan sosial ketenagakerjaan mulai {job.month.name}"
    return paperwork_annex.begun(decree, job.region, out, about=about)


def cover(job: Job) -> int:
    """The letter that goes with the batches."""
    if job.outbox is None:
        return 0
    out = job.outbox / "surat" / f"{job.month}-pengantar-batch.pdf"
    if Batch.objects.filter(month=job.month.first, state="approved").exists() and not out.exists():
        date = job.month.first
        number = _number(job, "pengantar", f"{job.month}", date)
        paperwork.cover(job.month, job.region, out, number=number, date=date)
    return int(out.exists())


def minutes(job: Job) -> int:
    """The minutes of reconciliation; written anew while something of the month is still unpaid."""
    bills = Bill.objects.filter(month=job.month.first).exclude(state="withdrawn")
    if job.outbox is None or not bills.exists():
        return 0
    state = "lunas" if not bills.exclude(state="paid").exists() else "belum-lunas"
    out = job.outbox / "surat" / f"{job.month}-berita-acara-rekonsiliasi-{state}.pdf"
    if not out.exists():
        date = job.month.last
        number = _number(job, "rekonsiliasi", f"{job.month} {state}", date)
        paperwork.minutes(job.month, job.month, job.region, out, number=number, date=date)
    return int(out.exists())


def payment_requests(job: Job) -> int:
    """The attachment to a payment request for each source with bills that match and wait for money."""
    if job.outbox is None:
        return 0
    waiting: dict[str, list[str]] = {}
    for number, wadah in Bill.objects.filter(month=job.month.first, state="matched").values_list(
        "number", "wadah"
    ):
        waiting.setdefault(wadah.split("-")[1], []).append(number)
    for source, numbers in sorted(waiting.items()):
        out = job.outbox / "surat" / f"{job.month}-lampiran-spp-{source.lower()}.pdf"
        if not out.exists():
            date = job.month.last
            paperwork.payment_request(
                numbers,
                job.region,
                out,
                number=_number(job, "spp", f"{job.month} {source}", date),
                date=date,
                fund=source,
                settings=settings(),
            )
    return len(waiting)


def _number(job: Job, kind: str, subject: str, date: dt.date) -> str:
    """The number of this letter in its series: the same when the month is run again."""
    return series.written(numbered(kind, subject, date=date, by=job.by))
