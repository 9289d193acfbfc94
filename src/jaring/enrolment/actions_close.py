"""The end of a month: what was due is in arrears, long arrears lapse, unmended refusals are given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl
from django.db import connection, transaction

from jaring.enrolment.actions_vacate import give_up
from jaring.enrolment.refusals import MENDABLE
from jaring.facts.month import Month
from jaring.journal.actions import record
from jaring.law import arrears
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read


@transaction.atomic
def mark_overdue(day: dt.date, *, by: str) -> int:
    """Billed months whose due date lies before ``day`` are in arrears. How many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'unpaid' FROM enrolment_bill b
                WHERE b.id = m.bill_id AND m.state = 'billed' AND b.due < %s""",
            [day],
        )
        count = int(cursor.rowcount)
    if count:
        record("enrolment.mark_overdue", day.isoformat(), by=by, person_months=count)
    return count


@transaction.atomic
def month_close(month: Month, *, by: str, settings: Sequence[LocalSetting] = ()) -> dict[str, int]:
    """Close a month once it is over: arrears, lapses by the law's grace, places of refusals nobody mended."""
    overdue = mark_overdue((month + 1).first, by=by)
    lapsed = _lapse(month, settings)
    given = _not_mended(month, by=by)
    counts = {"overdue": overdue, "lapsed": lapsed, "places": given}
    if lapsed or given:
        record("enrolment.month_close", str(month), by=by, **counts)
    return counts


def _lapse(month: Month, settings: Sequence[LocalSetting]) -> int:
    """Runs of unpaid months that end in ``month`` and are longer than the law bears with."""
    unpaid = read(
        """SELECT person_id, month, kind FROM enrolment_personmonth
            WHERE state = 'unpaid' AND month <= %s ORDER BY person_id, month""",
        [month.first],
    )
    if unpaid.is_empty():
        return 0
    number = pl.col("month").dt.year().cast(pl.Int64) * 12 + pl.col("month").dt.month()
    runs = (
        unpaid.with_columns(run=number - pl.int_range(pl.len()).over("person_id"))
        .group_by("person_id", "run")
        .agg(
            pl.col("kind").last(),
            since=pl.col("month").min(),
            until=pl.col("month").max(),
            unpaid_months=pl.len().cast(pl.Int64),
        )
        .filter(pl.col("until") == month.first)
        .with_columns(month=pl.col("until"))
    )
    gone = arrears.standing(runs, settings).filter(pl.col("arrears") == "tunggakan-gugur")
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'lapsed', reason = 'tunggakan-gugur'
                 FROM unnest(%s::bigint[], %s::date[]) AS w(person, since)
                WHERE m.person_id = w.person AND m.month BETWEEN w.since AND %s AND m.state = 'unpaid'""",
            [gone["person_id"].to_list(), gone["since"].to_list(), month.first],
        )
        return int(cursor.rowcount)


def _not_mended(month: Month, *, by: str) -> int:
    """Refusals of months before this one that better data could have mended and did not."""
    left = read(
        """SELECT DISTINCT l.person_id, %(m)s::date AS from_month FROM enrolment_batchline l
             JOIN enrolment_personmonth m ON m.person_id = l.person_id AND m.wadah = l.wadah
            WHERE l.state = 'rjct' AND NOT l.mended AND l.code = ANY(%(codes)s) AND l.month < %(m)s
              AND m.state = 'rejected' AND m.reason = l.code AND m.month >= %(m)s""",
        {"m": month.first, "codes": list(MENDABLE)},
    )
    return give_up(left, reason="tidak-diperbaiki", proof=f"tidak diperbaiki sampai {month.name}", by=by)
