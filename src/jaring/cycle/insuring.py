"""Stages 7 to 12: the decree, the batches, the insurer's answers and bills, the treasury's payment."""

from __future__ import annotations

import datetime as dt

from jaring.cycle import letters
from jaring.cycle.job import Job, Result
from jaring.decide.local import settings
from jaring.enrolment import actions as enrolment
from jaring.enrolment.blocked import blocked_claims
from jaring.tables.frames import read


def decree(job: Job) -> Result:
    """The annex of everybody newly funded; signed when a checker was named."""
    draft = enrolment.decree(job.month, by=job.by)
    if draft is None:
        return Result({"baru": 0, "surat": letters.annexes(job)})
    counts = {"orang": draft.people, "bulan_orang": draft.months, "nilai_idr": draft.total_idr}
    if job.checker is None:
        return Result(counts, f"tanda tangan SK {draft.number} oleh orang kedua")
    annex = letters.annex_of_draft(job, draft, _signed_on(job))
    try:
        signed = enrolment.approve_decree(draft.pk, by=job.checker, date=_signed_on(job))
    except BaseException:
        if annex is not None:
            annex.drop()
        raise
    if annex is not None:
        job.papers.append(annex)
    return Result({**counts, "sudah_ada_pembayar": signed["taken"], "surat": letters.annexes(job)})


def _signed_on(job: Job) -> dt.date:
    """The first of the month, so that the same month run again elsewhere gives the same papers."""
    return job.month.first


def batch(job: Job) -> Result:
    """Workbooks for the insurer, one per wadah, and a follow-up of refusals that were mended."""
    made = [*enrolment.make_batches(job.month, by=job.by), *enrolment.make_follow_up(job.month, by=job.by)]
    counts = {"kelompok_baru": len(made), "baris_baru": sum(one.people for one in made)}
    if job.checker is None:
        drafts = read(
            "SELECT count(*) AS n FROM enrolment_batch WHERE month = %s AND state = 'draft'",
            [job.month.first],
        )
        if drafts["n"].item():
            return Result(counts, "persetujuan kelompok kirim oleh orang kedua")
        return Result(counts)
    outbox = job.outbox / "kirim" if job.outbox else None
    written = enrolment.approve_batches(job.month, outbox, region=job.region, by=job.checker)
    return Result({**counts, "berkas": len(written), "surat": letters.cover(job)})


def answer(job: Job) -> Result:
    """The insurer's answers that lie in the inbox."""
    counts = enrolment.read_answers(job.inbox, by=job.by)
    silent = read(
        """SELECT count(*) AS n FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
            WHERE b.month = %s AND b.state = 'approved' AND l.state IN ('rcvd', 'pdng')""",
        [job.month.first],
    )["n"].item()
    states = read(
        "SELECT state, count(*) AS n FROM enrolment_batchline WHERE month = %s GROUP BY 1", [job.month.first]
    )
    whole = {"baris": dict(states.iter_rows()), **counts}
    return Result(whole, f"jawaban BPJS atas {silent} baris" if silent else "")


def mutate(job: Job) -> Result:
    """Deaths, departures and other changes with their proof."""
    return Result(enrolment.read_mutations(job.inbox, by=job.by))


def bill(job: Job) -> Result:
    """The insurer's bills against our own months, to the rupiah."""
    counts = enrolment.read_bills(job.inbox, by=job.by, settings=settings())
    row = read(
        """SELECT count(*) AS bills, count(*) FILTER (WHERE state = 'different') AS different,
                  coalesce(sum(people), 0)::bigint AS people,
                  coalesce(sum(billed_idr), 0)::bigint AS billed_idr,
                  coalesce(sum(recomputed_idr), 0)::bigint AS own_idr
             FROM enrolment_bill WHERE month = %s AND state <> 'withdrawn'""",
        [job.month.first],
    ).row(0, named=True)
    whole = {
        "tagihan": row["bills"],
        "orang": row["people"],
        "ditagih_idr": row["billed_idr"],
        "dihitung_ulang_idr": row["own_idr"],
        "berbeda": row["different"],
        "surat": letters.minutes(job) + letters.payment_requests(job),
        **counts,
    }
    waits = ""
    if not row["bills"]:
        waits = f"tagihan BPJS bulan {job.month.name}"
    elif row["different"]:
        waits = f"{row['different']} tagihan yang berbeda dicocokkan dengan BPJS"
    return Result(whole, waits)


def pay(job: Job) -> Result:
    """The treasury's payments; only they make a month paid."""
    counts = enrolment.read_payments(job.inbox, by=job.by)
    row = read(
        """SELECT count(*) FILTER (WHERE state = 'paid') AS paid,
                  count(*) FILTER (WHERE state IN ('billed', 'unpaid')) AS owed,
                  coalesce(sum(iuran_idr) FILTER (WHERE state IN ('billed', 'unpaid')), 0)::bigint AS owed_idr
             FROM enrolment_personmonth WHERE month = %s AND source_kind = 'programme'""",
        [job.month.first],
    ).row(0, named=True)
    blocked = blocked_claims(settings())
    whole = {
        "dibayar_orang": row["paid"],
        "terutang_orang": row["owed"],
        "terutang_idr": row["owed_idr"],
        "klaim_tertahan": blocked.height,
        "surat": letters.minutes(job),
        **counts,
    }
    return Result(whole, "SP2D untuk tagihan bulan ini" if row["owed"] else "")
