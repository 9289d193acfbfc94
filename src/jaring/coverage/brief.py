"""What whoever answers for the programme must know today: counts and sums of a month, no person in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from jaring.enrolment.policy import CLAIMS, OWED
from jaring.facts.month import Month
from jaring.tables.frames import read

#: Fewer eligible workers than this, and one person more or less moves a desa by whole ranks.
COMPARABLE = 30
RANKING = {
    "desa_code": pl.String(),
    "protected": pl.Int64(),
    "eligible": pl.Int64(),
    "tenths": pl.Int64(),
    "rank": pl.Int64(),
}


@dataclass(frozen=True)
class Ending:
    """People whose months of cover, paid or promised, end on a day and go no further."""

    until: dt.date
    source: str
    people: int


def as_of(month: Month, today: dt.date) -> dt.date:
    """The day that an account of ``month`` speaks of: today while it is current, else its last day.

    Current: the month itself and the one after it, in which its money is still being paid.
    """
    return today if Month.of(today) - 1 <= month else month.last


def ending(day: dt.date, days: int = 60) -> list[Ending]:
    """Whose run of months, unbroken from the month of ``day`` on, ends within ``days``; earliest first.

    Who died or left meanwhile is not among them: no money keeps them.
    """
    first = Month.of(day)
    last = Month.of(day + dt.timedelta(days=days))
    runs = first.until(last + 1)
    names = ", ".join(f"m{n}" for n in range(len(runs)))
    # One column a month: its payer, or nothing. The months are bound, the names are numbers of our own.
    columns = ", ".join(
        f"max(source) FILTER (WHERE month = %s AND state = ANY(%s)) AS m{n}" for n in range(len(runs))
    )
    claims = list(CLAIMS)
    found = read(
        f"""SELECT {names}, count(*) AS people FROM (
               SELECT person_id, {columns} FROM enrolment_personmonth
                WHERE month BETWEEN %s AND %s AND source_kind = 'programme'
                GROUP BY person_id HAVING NOT bool_or(state IN ('stopped', 'replaced'))) runs
            WHERE m0 IS NOT NULL GROUP BY {names}""",  # noqa: S608
        [*(part for m in runs for part in (m.first, claims)), runs[0].first, runs[-1].first],
    )
    ends: dict[tuple[dt.date, str], int] = {}
    for *payers, people in found.iter_rows():
        length = next((n for n, payer in enumerate(payers) if payer is None), len(payers))
        if length == len(payers):
            continue
        until = runs[length - 1].last
        if (until - day).days <= days:
            key = (until, str(payers[length - 1]))
            ends[key] = ends.get(key, 0) + int(people)
    return [Ending(until, source, people) for (until, source), people in sorted(ends.items())]


def owed(month: Month) -> pl.DataFrame:
    """Billed and not paid up to ``month``: ``source, months, people, idr, since``, the most first.

    ``people``: each once for a payer, however many of their months wait.
    """
    return read(
        """SELECT source, count(DISTINCT month) AS months, count(DISTINCT person_id) AS people,
                  sum(iuran_idr)::bigint AS idr, min(month) AS since
             FROM enrolment_personmonth
            WHERE state = ANY(%s) AND month <= %s AND source_kind = 'programme'
            GROUP BY source ORDER BY idr DESC, source""",
        [list(OWED), month.first],
    )


def ranking(month: Month) -> pl.DataFrame:
    """Each desa with anyone eligible in ``month``: columns ``RANKING``, the best first.

    ``eligible``: people whom the law lets the programme pay for, by the month's standing decisions;
    ``protected``: those of them with the month paid. ``tenths`` of a percent; ``rank`` null where fewer
    than ``COMPARABLE`` are eligible. Equal shares share a rank.
    """
    found = read(
        """SELECT d.desa_code, count(m.person_id) AS protected, count(*) AS eligible
             FROM decide_decision d
             LEFT JOIN enrolment_personmonth m
               ON m.person_id = d.person_id AND m.month = d.month AND m.state = 'paid'
            WHERE d.month = %s AND d.superseded_at IS NULL AND d.eligible AND d.desa_code IS NOT NULL
            GROUP BY d.desa_code ORDER BY d.desa_code""",
        [month.first],
    )
    # Compared as fractions: a share rounded to tenths would make equals of unequals.
    share = pl.col("protected") / pl.col("eligible")
    comparable = pl.col("eligible") >= COMPARABLE
    return (
        found.with_columns(
            tenths=(pl.col("protected") * 2000 + pl.col("eligible")) // (2 * pl.col("eligible")),
            share=share,
            rank=pl.when(comparable).then(share).rank("min", descending=True),
        )
        .sort(
            "rank", "share", "eligible", "desa_code", descending=[False, True, True, False], nulls_last=True
        )
        .select(pl.col(name).cast(kind) for name, kind in RANKING.items())
    )


def paid_month() -> Month | None:
    """The newest month in which anybody is counted as protected."""
    found = read(
        """SELECT max(month) AS month FROM coverage_figure
            WHERE measure = 'protected' AND dimension = 'regency' AND superseded_at IS NULL
              AND numerator > 0"""
    )["month"].item()
    return Month.of(found) if found else None


def months_counted(last: Month, count: int = 12) -> list[tuple[Month, int]]:
    """People protected in each counted month up to ``last``, at most ``count`` of them, oldest first."""
    found = read(
        """SELECT month, numerator FROM coverage_figure
            WHERE measure = 'protected' AND dimension = 'regency' AND superseded_at IS NULL AND month <= %s
            ORDER BY month DESC LIMIT %s""",
        [last.first, count],
    )
    return [(Month.of(month), int(number)) for month, number in reversed(found.rows())]
