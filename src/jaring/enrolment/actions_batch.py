"""Batches to the insurer: who is new, who comes back, who stops; files once a second person approved."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment import sending
from jaring.enrolment.actions_decree import maker_is_not_checker
from jaring.enrolment.holding import held
from jaring.enrolment.models import Batch, BatchLine
from jaring.enrolment.pausing import paused
from jaring.enrolment.policy import CLAIMS, COVERED
from jaring.enrolment.refusals import MENDABLE
from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.facts.region import Region
from jaring.journal.actions import record
from jaring.officers.approving import within
from jaring.tables.frames import copy_in, read

#: Under it a line's reference is a function of its batch and person, so that a repeat makes the same.
_NAMES = uuid.UUID("6f1d3c52-7c1b-5a0e-9d44-0b5b8a2f6e10")
_LINE = ("person_id", "wadah", "source", "action", "iuran_idr")


@transaction.atomic
def make_batches(month: Month, *, by: str) -> list[Batch]:
    """Draft one batch per wadah of what the insurer does not know yet of ``month``.

    TAMBAH: new in the wadah. TERUS: was there, with a gap since. HENTI: the insurer has them and their
    month stopped, or their months are over. Whom the insurer has without a gap is not sent; their month
    is enrolled at once. Again makes nothing new.
    """
    _one_at_a_time(month)
    last = _last()
    carried = _carry_on(month, last)
    lines = pl.concat([_coming(month, last), _leaving(month, last)])
    made = _store(month, lines, follows=False, by=by)
    if made or carried:
        record(
            "enrolment.make_batches",
            str(month),
            by=by,
            batches=len(made),
            people=sum(b.people for b in made),
            iuran_idr=sum(b.iuran_idr for b in made),
            carried_on=carried,
        )
    return made


@transaction.atomic
def make_follow_up(month: Month, *, by: str) -> list[Batch]:
    """Batches of refused people only, of those whose data were mended since they were sent.

    A refusal that no data can mend is not in them, nor a person whom another payer took meanwhile.
    """
    _one_at_a_time(month)
    refused = read(
        """SELECT l.reference, l.person_id, l.wadah, l.sent, l.month, b.source
             FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
            WHERE l.state = 'rjct' AND l.code = ANY(%s) AND NOT l.mended AND l.action <> 'HENTI'
              AND b.state = 'approved' AND l.month <= %s
              AND NOT EXISTS (SELECT 1 FROM enrolment_open_pauses() z
                               WHERE z.person_id = l.person_id AND z.from_month <= %s)
              AND EXISTS (SELECT 1 FROM funding_award a WHERE a.person_id = l.person_id
                             AND a.state = 'active' AND a.month_to >= %s)
            ORDER BY l.reference""",
        [list(MENDABLE), month.first, month.first, month.first],
    )
    if refused.is_empty():
        return []
    now = sending.digests(refused["person_id"].unique().to_list())
    mended = refused.join(now, on="person_id").filter(pl.col("sent") != pl.col("digest"))
    if mended.is_empty():
        return []
    back = _claim_again(mended, month)
    lines = mended.join(back, on=["person_id", "wadah"]).with_columns(action=pl.lit("TAMBAH")).select(_LINE)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enrolment_batchline SET mended = true WHERE reference = ANY(%s::uuid[])",
            [mended.join(back, on=["person_id", "wadah"])["reference"].to_list()],
        )
    made = _store(month, lines, follows=True, by=by)
    record("enrolment.make_follow_up", str(month), by=by, batches=len(made), people=lines.height)
    return made


@transaction.atomic
def approve_batches(
    month: Month, outbox: Path | None, *, region: Region, by: str, limit_idr: int | None = None
) -> list[Path]:
    """Approve the drafts of the month and write the files of its batches that the outbox does not hold.

    Without an outbox none is written: ``sending.files`` makes them for whoever fetches them.
    ``limit_idr``: the largest sum of these drafts that this checker approves; None = no limit.

    The same batches give the same files. Those written now are given back; again, there are none.
    """
    drafts = list(Batch.objects.select_for_update().filter(month=month.first, state="draft").order_by("id"))
    for draft in drafts:
        maker_is_not_checker(draft.made_by, by, f"Batch {draft.number}")
    within(sum(draft.iuran_idr for draft in drafts), limit_idr)
    _nobody_held_back(drafts, month)
    paths = sending.write(month, outbox, region) if outbox else []
    Batch.objects.filter(pk__in=[draft.pk for draft in drafts]).update(
        state="approved", approved_by=by, approved_at=timezone.now()
    )
    if drafts:
        record(
            "enrolment.approve_batches",
            str(month),
            by=by,
            batches=len(drafts),
            people=sum(b.people for b in drafts),
            iuran_idr=sum(b.iuran_idr for b in drafts),
            files=len(paths),
        )
    return paths


def _nobody_held_back(drafts: list[Batch], month: Month) -> None:
    """Refused when somebody in a draft was held back since it was made."""
    found = read(
        """SELECT b.number, count(*) AS people FROM enrolment_batchline l
             JOIN enrolment_batch b ON b.id = l.batch_id
             JOIN enrolment_open_pauses() z ON z.person_id = l.person_id AND z.from_month <= %s
            WHERE l.batch_id = ANY(%s) AND l.action <> 'HENTI' GROUP BY 1 ORDER BY 1""",
        [month.first, [draft.pk for draft in drafts]],
    )
    if found.height:
        raise refuse(
            "ditahan-sejak-disusun",
            f"{found['people'].sum()} orang dalam batch {found['number'][0]} "
            f"{f'dan {found.height - 1} batch lain ' if found.height > 1 else ''}ditahan sejak disusun.",
            "Tolak batch itu, lalu susun lagi: yang ditahan tidak ikut.",
        )


def _one_at_a_time(month: Month) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.batch'), %s)", [month.ordinal])


def _last() -> pl.DataFrame:
    """The last thing said of each person in each wadah, by batch order; papers sent back said nothing."""
    return read(
        """SELECT DISTINCT ON (person_id, wadah) person_id, wadah, action, state AS said, started
             FROM enrolment_batchline
            WHERE batch_id NOT IN (SELECT id FROM enrolment_batch WHERE state IN ('refused', 'withdrawn'))
            ORDER BY person_id, wadah, batch_id DESC, action DESC"""
    )


def _months(month: Month, states: Sequence[str]) -> pl.DataFrame:
    return read(
        """SELECT id, person_id, wadah, source, state, iuran_idr::bigint AS iuran_idr, mutation_id
             FROM enrolment_personmonth
            WHERE month = %s AND state = ANY(%s) AND source_kind = 'programme' ORDER BY wadah, person_id""",
        [month.first, list(states)],
    )


def _carry_on(month: Month, last: pl.DataFrame) -> int:
    """Months of those whom the insurer has and had last month too: enrolled, without a line."""
    before = _months(month - 1, COVERED).select("person_id", "wadah", there=pl.lit(True))
    standing = (
        _months(month, ["decreed"])
        .join(last, on=["person_id", "wadah"])
        .join(before, on=["person_id", "wadah"], how="left")
        .filter(
            (pl.col("action") != "HENTI")
            & (pl.col("said") == "succ")
            & (pl.col("started") <= month.first)
            & (pl.col("there").is_not_null() | (pl.col("started") == month.first))
            & ~pl.col("person_id").is_in(paused(month))
        )
    )
    with (
        held("standing", standing.select("id", "person_id", "started")),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'enrolled', since = k.started
                 FROM standing k WHERE m.id = k.id AND m.state = 'decreed'"""
        )
        return int(cursor.rowcount)


def _coming(month: Month, last: pl.DataFrame) -> pl.DataFrame:
    """Decreed months of people whom the insurer does not have, and who wait for no answer."""
    waits = pl.col("said").is_in(["rcvd", "pdng"]) & (pl.col("action") != "HENTI")
    back = (pl.col("said") == "succ") | (pl.col("action") == "HENTI")
    return (
        _months(month, ["decreed"])
        .join(last, on=["person_id", "wadah"], how="left", maintain_order="left")
        .filter(~waits.fill_null(False) & ~pl.col("person_id").is_in(paused(month)))
        .with_columns(action=pl.when(back).then(pl.lit("TERUS")).otherwise(pl.lit("TAMBAH")))
        .select(_LINE)
    )


def _leaving(month: Month, last: pl.DataFrame) -> pl.DataFrame:
    """Whom the insurer has and whose month was stopped by a mutation, is held back, or was never funded."""
    gone = pl.col("mutation_id").is_not_null() & (pl.col("state") != "decreed")
    held_back = (pl.col("state") == "decreed") & pl.col("person_id").is_in(paused(month))
    stopped = _months(month, ["stopped", "replaced", "decreed"]).filter(gone | held_back)
    who = ("person_id", "wadah", "source")
    return (
        pl.concat([stopped.select(who), _ended(month)])
        .join(last, on=["person_id", "wadah"], maintain_order="left")
        .filter((pl.col("action") != "HENTI") & (pl.col("said") == "succ"))
        .unique(["person_id", "wadah"], keep="first", maintain_order=True)
        .with_columns(action=pl.lit("HENTI"), iuran_idr=pl.lit(0, pl.Int64))
        .select(_LINE)
    )


def _ended(month: Month) -> pl.DataFrame:
    """Whom we covered before and whose months are over: unless told, the insurer bills them on."""
    return read(
        """SELECT DISTINCT m.person_id, m.wadah, m.source FROM enrolment_personmonth m
            WHERE m.month < %s AND m.state = ANY(%s) AND m.source_kind = 'programme'
              AND NOT EXISTS (SELECT 1 FROM enrolment_personmonth n
                     WHERE n.person_id = m.person_id AND n.wadah = m.wadah AND n.month = %s
                       AND n.source_kind = 'programme')
            ORDER BY m.wadah, m.person_id""",
        [month.first, list(COVERED), month.first],
    )


def _claim_again(mended: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The refused months from ``month`` on are decreed again: ``person_id, wadah, iuran_idr``."""
    with held("mended", mended.select("person_id", "wadah").unique()), connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'decreed', reason = '' FROM mended k
                WHERE m.person_id = k.person_id AND m.wadah = k.wadah AND m.state = 'rejected'
                  AND m.month >= %s AND NOT EXISTS (
                      SELECT 1 FROM enrolment_personmonth o WHERE o.person_id = m.person_id
                         AND o.month = m.month AND o.id <> m.id AND o.state = ANY(%s))""",
            [month.first, list(CLAIMS)],
        )
    return read(
        """SELECT person_id, wadah, iuran_idr::bigint AS iuran_idr FROM enrolment_personmonth
            WHERE month = %s AND state = 'decreed' AND person_id = ANY(%s)""",
        [month.first, mended["person_id"].unique().to_list()],
    )


def _store(month: Month, lines: pl.DataFrame, *, follows: bool, by: str) -> list[Batch]:
    if lines.is_empty():
        return []
    numbered = dict(
        read(
            "SELECT wadah, count(*) AS n FROM enrolment_batch WHERE month = %s GROUP BY wadah", [month.first]
        ).iter_rows()
    )
    totals = lines.group_by("wadah").agg(
        pl.col("source").first(), people=pl.len(), iuran_idr=pl.col("iuran_idr").sum()
    )
    made = Batch.objects.bulk_create(
        Batch(
            number=f"{month}-{row['wadah']}-{numbered.get(row['wadah'], 0) + 1:02d}",
            month=month.first,
            wadah=row["wadah"],
            source=row["source"],
            follows=follows,
            people=row["people"],
            iuran_idr=row["iuran_idr"],
            made_by=by,
        )
        for row in totals.sort("wadah").iter_rows(named=True)
    )
    batches = pl.DataFrame(
        [(b.wadah, b.pk, b.number) for b in made], schema=["wadah", "batch_id", "number"], orient="row"
    )
    whole = lines.join(batches, on="wadah").join(
        sending.digests(lines["person_id"].unique().to_list()), on="person_id"
    )
    references = [
        str(uuid.uuid5(_NAMES, f"{number}/{person}/{action}"))
        for number, person, action in whole.select("number", "public_id", "action").iter_rows()
    ]
    copy_in(
        whole.select(
            pl.Series("reference", references, dtype=pl.String),
            "batch_id",
            "person_id",
            "wadah",
            "action",
            pl.lit(month.first).alias("month"),
            "iuran_idr",
            pl.col("digest").alias("sent"),
            pl.lit("rcvd").alias("state"),
            pl.lit("").alias("code"),
            pl.lit(False).alias("mended"),
        ),
        BatchLine,
    )
    if whole.height != lines.height:
        raise refuse(
            "orang-hilang", "Ada orang dalam SK yang tidak ada di register.", "Jalankan pengenalan orang."
        )
    return made
