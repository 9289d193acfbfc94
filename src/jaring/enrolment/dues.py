"""What each desa owes for its own officials: budgeted, needed by law, billed, paid, late. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl
from django.conf import settings as django_settings
from django.utils import timezone

from jaring.enrolment.policy import CLAIMS
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.law import price
from jaring.law.dated import Law
from jaring.law.funding import source
from jaring.law.reminders import ladder
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read

ADD = "add"
BOARD = {
    "desa_code": pl.String(),
    "desa": pl.String(),
    "kecamatan_code": pl.String(),
    "kecamatan": pl.String(),
    "officials": pl.Int64(),
    "need_idr": pl.Int64(),
    "budget_idr": pl.Int64(),
    "short_idr": pl.Int64(),
    "committed_idr": pl.Int64(),
    "billed_idr": pl.Int64(),
    "paid_idr": pl.Int64(),
    "overdue_months": pl.Int64(),
    "overdue_idr": pl.Int64(),
    "overdue_since": pl.Date(),
    "without_payer": pl.Int64(),
    "unprotected": pl.Int64(),
    "standing": pl.String(),
    "level": pl.Int64(),
    "reminded_on": pl.Date(),
    "next_level": pl.Int64(),
    "next_on": pl.Date(),
}
#: How a desa stands, worst first. The first two and the fourth are grounds for a reminder.
STANDINGS = {
    "unbudgeted": "belum dianggarkan",
    "overdue": "menunggak",
    "short": "anggaran kurang",
    "no_list": "belum ada daftar aparatur",
    "in_order": "tidak ada tunggakan",
}
REMINDED = ("unbudgeted", "overdue", "short")


def board(year: int, settings: Sequence[LocalSetting] = (), *, on: dt.date | None = None) -> pl.DataFrame:
    """Columns ``BOARD``, a row for each desa of the region, in order of code. Kelurahan have no ADD.

    ``need_idr``: contributions of the year for the officials whom the law lets ADD pay, as decided in
    the newest month; ``budget_idr`` null: no ADD loaded. Late: bills that match, are due and unpaid.
    ``without_payer``: officials whose month nobody pays; ``unprotected``: they and those in late bills.
    ``next_level``: the letter that may come next, from ``next_on`` on; null when there is none.
    """
    day = on or timezone.localdate()
    desa = region(django_settings.REGION).units.filter(pl.col("kind") == "desa")
    whole = desa.select("kecamatan_code", "kecamatan", desa_code="code", desa="name").sort("desa_code")
    for part in (_need(year, day, settings), _budgets(year), _bills(year, day), _reminders(year)):
        whole = whole.join(part, on="desa_code", how="left", maintain_order="left")
    whole = whole.join(_harmed(year, day, settings), on="desa_code", how="left", maintain_order="left")
    counts = [n for n, t in BOARD.items() if t == pl.Int64() and n in whole.columns and n != "budget_idr"]
    rule = ladder(day, settings)
    level = pl.col("level")
    apart = pl.col("reminded_on") + pl.duration(days=rule.apart_days)
    return (
        whole.with_columns(pl.col(counts).fill_null(0))
        .with_columns(short_idr=(pl.col("need_idr") - pl.col("budget_idr").fill_null(0)).clip(0))
        .with_columns(standing=_standing())
        .with_columns(
            next_level=pl.when(pl.col("standing").is_in(REMINDED) & (level < rule.last)).then(level + 1),
            next_on=pl.when(level < rule.last).then(pl.coalesce(apart, pl.lit(day))),
        )
        .with_columns(next_on=pl.when(pl.col("next_level").is_not_null()).then("next_on"))
        .select(pl.col(name).cast(kind) for name, kind in BOARD.items())
    )


def _standing() -> pl.Expr:
    return (
        pl.when((pl.col("need_idr") > 0) & (pl.col("budget_idr").fill_null(0) == 0))
        .then(pl.lit("unbudgeted"))
        .when(pl.col("overdue_idr") > 0)
        .then(pl.lit("overdue"))
        .when(pl.col("short_idr") > 0)
        .then(pl.lit("short"))
        .when(pl.col("officials") == 0)
        .then(pl.lit("no_list"))
        .otherwise(pl.lit("in_order"))
    )


def _segments(day: dt.date, settings: Sequence[LocalSetting]) -> list[str]:
    """Whom the law itself lets ADD pay; those whom only a local rule names are no duty of the desa."""
    held = Law(settings).on(f"funding.{ADD}.segmen", day)
    return list(held.value) if held else []


def _decided(year: int, day: dt.date) -> dt.date | None:
    found = read(
        """SELECT max(month) AS month FROM decide_decision
            WHERE superseded_at IS NULL AND month BETWEEN %s AND %s""",
        [Month(year, 1).first, min(Month(year, 12).first, day)],
    )
    month: dt.date | None = found["month"][0]
    return month


def _need(year: int, day: dt.date, settings: Sequence[LocalSetting]) -> pl.DataFrame:
    month = _decided(year, day)
    officials = read(
        """SELECT desa_code, segment, kind, programmes, sector, income_idr, wage_base_idr AS wage_idr,
                  risk_used AS risk_class
             FROM decide_decision WHERE month = %s AND superseded_at IS NULL AND eligible
              AND segment = ANY(%s) AND desa_code IS NOT NULL""",
        [month, _segments(day, settings)],
    ).with_columns(source=pl.lit(ADD))
    terms = source(ADD, Month(year, 1), settings)
    first = Month(year, terms.first_month)
    months = pl.DataFrame({"month": [m.first for m in first.until(first + (terms.months - 1))]})
    # Few cases differ, and each is priced once.
    cases = officials.drop("desa_code", "segment").unique().with_row_index("case")
    priced = price.monthly(cases.join(months, how="cross"), settings)
    yearly = priced.group_by("case").agg(year_idr=pl.col("iuran_idr").sum())
    keys = [name for name in cases.columns if name != "case"]
    return (
        officials.join(cases.join(yearly, on="case"), on=keys, how="left", nulls_equal=True)
        .group_by("desa_code")
        .agg(officials=pl.len(), need_idr=pl.col("year_idr").sum())
    )


def _budgets(year: int) -> pl.DataFrame:
    return read(
        """SELECT desa_code, sum(budget_idr)::bigint AS budget_idr,
                  sum(committed_idr)::bigint AS committed_idr
             FROM funding_fund WHERE source = %s AND year = %s AND desa_code IS NOT NULL GROUP BY 1""",
        [ADD, year],
    )


#: The wadah of a desa's own purse ends in its code: ``SD-ADD-52.03.01.2001``, ``PU-ADD-…``.
_OWN = "split_part(b.wadah, '-', 2) = 'ADD' AND b.month BETWEEN %s AND %s AND b.state <> 'withdrawn'"


def _bills(year: int, day: dt.date) -> pl.DataFrame:
    return read(
        f"""SELECT split_part(b.wadah, '-', 3) AS desa_code, sum(b.owed_idr)::bigint AS billed_idr,
                  coalesce(sum(b.owed_idr) FILTER (WHERE b.state = 'paid'), 0)::bigint AS paid_idr,
                  count(DISTINCT b.month) FILTER (WHERE late) AS overdue_months,
                  coalesce(sum(b.owed_idr) FILTER (WHERE late), 0)::bigint AS overdue_idr,
                  min(b.month) FILTER (WHERE late) AS overdue_since
             FROM enrolment_bill b, LATERAL (SELECT b.state = 'matched' AND b.due < %s AS late) l
            WHERE {_OWN} GROUP BY 1""",  # noqa: S608
        [day, Month(year, 1).first, Month(year, 12).first],
    )


def _harmed(year: int, day: dt.date, settings: Sequence[LocalSetting]) -> pl.DataFrame:
    """Who is without protection because the desa does not budget or pay, each person once."""
    late = read(
        f"""SELECT DISTINCT split_part(b.wadah, '-', 3) AS desa_code, m.person_id
             FROM enrolment_bill b JOIN enrolment_personmonth m
               ON m.month = b.month AND m.wadah = b.wadah AND m.bill_id = b.id
            WHERE {_OWN} AND b.state = 'matched' AND b.due < %s
              AND m.state IN ('billed', 'unpaid', 'lapsed')""",  # noqa: S608
        [Month(year, 1).first, Month(year, 12).first, day],
    ).with_columns(unpaid=True)
    nobody = read(
        """SELECT d.desa_code, d.person_id FROM decide_decision d
            WHERE d.month = %s AND d.superseded_at IS NULL AND d.eligible AND d.segment = ANY(%s)
              AND d.desa_code IS NOT NULL AND NOT EXISTS (SELECT 1 FROM enrolment_personmonth m
                    WHERE m.person_id = d.person_id AND m.month = d.month AND m.state = ANY(%s))""",
        [_decided(year, day), _segments(day, settings), list(CLAIMS)],
    ).with_columns(unpaid=False)
    return (
        pl.concat([late, nobody])
        .group_by("desa_code")
        .agg(
            unprotected=pl.col("person_id").n_unique(),
            without_payer=pl.col("person_id").filter(~pl.col("unpaid")).n_unique(),
        )
    )


def _reminders(year: int) -> pl.DataFrame:
    return read(
        """SELECT DISTINCT ON (desa_code) desa_code, level::bigint AS level, date AS reminded_on
             FROM enrolment_reminder WHERE year = %s AND withdrawn_at IS NULL
            ORDER BY desa_code, level DESC""",
        [year],
    )
