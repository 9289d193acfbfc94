"""From approved awards to a decree, and from a signed decree to person-months."""

from __future__ import annotations

import datetime as dt
import hashlib

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment import wadah
from jaring.enrolment.actions_vacate import fill
from jaring.enrolment.models import Decree, DecreeLine, PersonMonth
from jaring.enrolment.policy import CLAIMS
from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.funding import actions_after as funds
from jaring.journal.actions import record
from jaring.law import funding as law_funding
from jaring.officers.approving import within
from jaring.tables.frames import analyse, copy_in, indexes_aside, read

_LINE = (
    *("person_id", "award_id", "fund_id", "source", "wadah", "kind", "programmes", "segment"),
    *("month_from", "prices_idr", "base_idr"),
)


def maker_is_not_checker(made_by: str, by: str, what: str) -> None:
    """Refused when the one who made it approves it, however the name is written."""
    if made_by.strip().casefold() == by.strip().casefold():
        raise refuse(
            "pembuat-bukan-pemeriksa",
            f"{what} tidak dapat disetujui oleh pembuatnya.",
            "Minta pejabat lain memeriksa dan menyetujuinya.",
        )


@transaction.atomic
def decree(month: Month, *, by: str) -> Decree | None:
    """Draft a decree of every active award of ``month`` that stands in none yet; None when all do.

    The draft of the month that awaits approval is given back as it is while its awards still stand;
    when they changed, it is withdrawn and another takes its place.
    """
    with connection.cursor() as cursor:
        # Two drafts of one month would both take the same awards.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.decree'), %s)", [month.ordinal])
    draft = Decree.objects.filter(month=month.first, state="draft").first()
    if draft is not None:
        if draft_digest(draft) == bytes(draft.digest) and _undecreed(month).is_empty():
            return draft
        _withdraw(draft)
    lines = _undecreed(month)
    if lines.is_empty():
        return None
    count = Decree.objects.filter(month=month.first).count() + 1
    months = lines["prices_idr"].list.len().sum()
    total = int(lines["prices_idr"].list.sum().sum())
    made = Decree.objects.create(
        number=f"SK-{month}-{count:02d}",
        month=month.first,
        digest=_digest(lines),
        people=lines.height,
        months=int(months),
        total_idr=total,
        made_by=by,
    )
    copy_in(lines.select(pl.lit(made.pk, dtype=pl.Int64).alias("decree_id"), *_LINE), DecreeLine)
    record("enrolment.decree", made.number, by=by, people=made.people, months=made.months, total_idr=total)
    return made


@transaction.atomic
def approve_decree(
    draft: Decree | int,
    *,
    by: str,
    number: str | None = None,
    date: dt.date | None = None,
    limit_idr: int | None = None,
) -> dict[str, int]:
    """Sign: every month of every line becomes a person-month, decreed. Again changes nothing.

    ``number`` and ``date`` are those of the signed paper. A month that already has a payer is not
    taken from it: it is kept as refused, and its money goes back from there on. ``limit_idr``: the
    largest sum that this checker signs; None = no limit.
    """
    pk = draft if isinstance(draft, int) else draft.pk
    held = Decree.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        raise refuse("sk-tidak-ada", f"SK nomor {pk} tidak ada.", "Lihat daftar SK.")
    maker_is_not_checker(held.made_by, by, "SK")
    if held.state == "approved":
        return {"people": held.people, "months": 0, "taken": 0, "replacements": 0}
    if held.state in _CLOSED:
        raise refuse(
            "sk-sudah-ditolak", f"{held.number} {_CLOSED[held.state]}.", "Periksa rancangan SK yang terbaru."
        )
    if draft_digest(held) != bytes(held.digest):
        raise refuse(
            "isi-sk-berubah",
            f"Isi {held.number} berubah sejak dibuat; tidak ada yang ditetapkan.",
            "Buat SK baru dari keadaan sekarang, lalu periksa lagi.",
        )
    within(held.total_idr, limit_idr)
    held.state, held.approved_by, held.approved_at = "approved", by, timezone.now()
    held.number, held.date = number or held.number, date or timezone.localdate()
    held.save(update_fields=["state", "approved_by", "approved_at", "number", "date"])
    written = _spread(held.pk)
    analyse("enrolment_personmonth")
    taken = _taken(held, by=by) if written < held.months else 0
    came = fill(held, by=by)
    record(
        "enrolment.approve_decree",
        held.number,
        by=by,
        made_by=held.made_by,
        people=held.people,
        months=written,
        taken=taken,
        replacements=came,
        digest=bytes(held.digest).hex(),
    )
    return {"people": held.people, "months": written, "taken": taken, "replacements": came}


_CLOSED = {"refused": "sudah ditolak", "withdrawn": "sudah ditarik atau diganti"}


def _undecreed(month: Month) -> pl.DataFrame:
    """The active awards of the month without a line, as lines; without those whom somebody holds back."""
    awards = read(
        """SELECT a.id AS award_id, a.person_id, a.fund_id, f.code AS fund, f.source, f.wadah AS form,
                  f.desa_code AS fund_desa, p.desa_code AS own_desa, a.kind, a.programmes, a.segment,
                  a.month_from, a.prices_idr::text[] AS prices, a.base_idr
             FROM funding_award a JOIN funding_fund f ON f.id = a.fund_id
             JOIN people_person p ON p.id = a.person_id
            WHERE a.state = 'active' AND a.month_from <= %(m)s AND a.month_to >= %(m)s
              AND NOT EXISTS (
                    SELECT 1 FROM enrolment_decreeline l WHERE l.award_id = a.id AND l.stands)
              AND NOT EXISTS (SELECT 1 FROM enrolment_open_pauses() z
                               WHERE z.person_id = a.person_id AND z.from_month <= %(m)s)
            ORDER BY a.id""",
        {"m": month.first},
    )
    forms = {code: law_funding.source(code, month).wadah for code in awards["source"].unique()}
    form = (
        pl.when(pl.col("form") == "")
        .then(pl.col("source").replace_strict(forms, default="SG"))
        .otherwise("form")
    )
    told = awards.with_columns(
        kind=pl.when(pl.col("kind") == "").then(pl.lit("bpu")).otherwise("kind"),
        form=form,
        prices_idr=pl.col("prices").cast(pl.List(pl.Int64)),
    )
    parts = map(pl.col, ("kind", "form", "source", "fund", "fund_desa", "own_desa"))
    return told.with_columns(wadah=wadah.code(*parts)).select(_LINE)


def _digest(lines: pl.DataFrame) -> bytes:
    """SHA-256 over who, from which money, from when and at what price: what a signature stands for."""
    plain = lines.sort("award_id").select(
        "award_id",
        "person_id",
        "fund_id",
        "wadah",
        "programmes",
        "segment",
        "month_from",
        pl.col("prices_idr").cast(pl.List(pl.String)).list.join(";"),
    )
    return hashlib.sha256(b"jaring-sk-1\n" + plain.write_csv(None).encode()).digest()


def draft_digest(held: Decree) -> bytes:
    """The digest of a draft's lines as they still stand: without those whose award has changed since,
    or whom somebody holds back."""
    lines = read(
        """SELECT l.award_id, l.person_id, l.fund_id, l.wadah, l.programmes, l.segment, l.month_from,
                  l.prices_idr::text[] AS prices
             FROM enrolment_decreeline l JOIN funding_award a ON a.id = l.award_id
            WHERE l.decree_id = %s AND a.state = 'active' AND a.prices_idr = l.prices_idr
              AND NOT EXISTS (SELECT 1 FROM enrolment_open_pauses() z
                               WHERE z.person_id = l.person_id AND z.from_month <= %s)""",
        [held.pk, held.month],
    )
    return _digest(lines.with_columns(prices_idr=pl.col("prices").cast(pl.List(pl.Int64))))


def _withdraw(draft: Decree) -> None:
    """The draft's number stays with it; its awards are free for the next one."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE enrolment_decreeline SET stands = false WHERE decree_id = %s", [draft.pk])
    draft.state = "withdrawn"
    draft.save(update_fields=["state"])


def _spread(decree_id: int) -> int:
    """Every month of every line as a row, month by month; those that have a payer already are left out."""
    wanted = read(
        "SELECT sum(cardinality(prices_idr))::bigint AS n FROM enrolment_decreeline WHERE decree_id = %s",
        [decree_id],
    )["n"].item()
    with indexes_aside("enrolment_personmonth", wanted or 0), connection.cursor() as cursor:
        # In the order of the index by person: half a million rows at random took a quarter longer.
        cursor.execute(
            """INSERT INTO enrolment_personmonth (person_id, month, state, source, wadah, kind, programmes,
                                                  segment, iuran_idr, fund_id, decree_id)
               SELECT l.person_id, l.month, 'decreed', l.source, l.wadah, l.kind, l.programmes, l.segment,
                      l.price, l.fund_id, l.decree_id
                 FROM (SELECT l.*, p.price, p.n,
                              (l.month_from + make_interval(months => p.n::int - 1))::date AS month
                         FROM enrolment_decreeline l, unnest(l.prices_idr) WITH ORDINALITY AS p(price, n)
                        WHERE l.decree_id = %s) l
                WHERE NOT EXISTS (SELECT 1 FROM enrolment_personmonth m
                                   WHERE m.person_id = l.person_id AND m.month = l.month
                                     AND m.state = ANY(%s))
                ORDER BY l.n, l.person_id
               ON CONFLICT DO NOTHING""",
            [decree_id, list(CLAIMS)],
        )
        return int(cursor.rowcount)


def _taken(held: Decree, *, by: str) -> int:
    """Months that another payer holds: kept as refused; the money of an unbroken end goes back."""
    wanted = read(
        """SELECT l.person_id, (l.month_from + make_interval(months => p.n::int - 1))::date AS month,
                  l.source, l.wadah, l.kind, l.programmes, l.segment, p.price AS iuran_idr, l.fund_id,
                  l.decree_id, (l.month_from + make_interval(months => cardinality(l.prices_idr) - 1))::date
                    AS last
             FROM enrolment_decreeline l, unnest(l.prices_idr) WITH ORDINALITY AS p(price, n)
            WHERE l.decree_id = %s ORDER BY 1, 2""",
        [held.pk],
    )
    written = read("SELECT person_id, month FROM enrolment_personmonth WHERE decree_id = %s", [held.pk])
    missing = wanted.join(written, on=["person_id", "month"], how="anti", maintain_order="left")
    copy_in(
        missing.drop("last").with_columns(state=pl.lit("refused"), reason=pl.lit("sudah-ada-pembayar")),
        PersonMonth,
    )
    ends = _unbroken_ends(missing)
    funds.release(ends, reason="sudah-ada-pembayar", document=held.number, by=by)
    return missing.height


def _unbroken_ends(missing: pl.DataFrame) -> pl.DataFrame:
    """``person_id, from_month``: from where on every month to the last of the line is missing."""
    number = pl.col("month").dt.year().cast(pl.Int64) * 12 + pl.col("month").dt.month()
    back = missing.sort("person_id", "month", descending=[False, True]).with_columns(
        steps=pl.int_range(pl.len()).over("person_id"),
        gap=((pl.col("last").dt.year().cast(pl.Int64) * 12 + pl.col("last").dt.month()) - number),
    )
    return (
        back.filter(pl.col("steps") == pl.col("gap"))
        .group_by("person_id")
        .agg(from_month=pl.col("month").min())
    )
