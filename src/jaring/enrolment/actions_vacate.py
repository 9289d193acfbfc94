"""Places that fall free: the money goes back to its fund, the vacancy is kept until somebody takes it."""

from __future__ import annotations

import polars as pl
from django.db import connection, transaction

from jaring.enrolment.holding import held
from jaring.enrolment.models import Decree, Vacancy
from jaring.enrolment.policy import CLAIMS
from jaring.funding import actions_after as funds
from jaring.journal.actions import record
from jaring.tables.frames import copy_in, read

#: Months that hold money of a fund and were not paid.
_FREE = ("funded", "decreed", "enrolled", "billed", "unpaid", "lapsed", "rejected", "stopped")


@transaction.atomic
def give_up(
    leavers: pl.DataFrame, *, reason: str, proof: str, by: str, mutations: pl.DataFrame | None = None
) -> int:
    """Give the unpaid months of ``leavers`` (``person_id, from_month``) back and open their places.

    ``mutations``: ``person_id, mutation_id`` behind it, where there are some. How many places opened.
    A month that was paid stays with its fund until it is turned round (``actions_recover.reverse``).
    """
    if leavers.is_empty():
        return 0
    with held("leaving", leavers.select("person_id", "from_month")):
        places = _places()

    if places.is_empty():
        return 0
    freed = places.group_by("person_id").agg(from_month=pl.col("month_from").min()).sort("person_id")
    funds.release(freed, reason=reason[:40], document=proof[:200], by=by)
    known = read("SELECT left_person_id AS person_id, source, month_from FROM enrolment_vacancy")
    new = places.join(known, on=["person_id", "source", "month_from"], how="anti")
    behind = (
        mutations
        if mutations is not None
        else pl.DataFrame(schema={"person_id": pl.Int64, "mutation_id": pl.Int64})
    )
    copy_in(
        new.join(behind, on="person_id", how="left").select(
            "fund_id",
            "source",
            "wadah",
            "month_from",
            "month_to",
            "free_idr",
            "mutation_id",
            left_person_id="person_id",
            reason=pl.lit(reason[:20]),
            proof=pl.lit(proof[:200]),
        ),
        Vacancy,
    )
    return new.height


def _places() -> pl.DataFrame:
    """What each of the held ``leaving`` gives up of each fund."""
    return read(
        """WITH m AS (
             SELECT m.*, k.from_month FROM leaving k JOIN enrolment_personmonth m
                 ON m.person_id = k.person_id AND m.state = ANY(%s)
             UNION ALL
             SELECT m.*, k.from_month FROM leaving k JOIN enrolment_personmonth m
                 ON m.person_id = k.person_id AND m.state = ANY(%s))
           SELECT m.person_id, m.fund_id, min(m.source) AS source, min(m.wadah) AS wadah,
                  min(m.month) AS month_from, max(m.month) AS month_to, sum(m.iuran_idr)::bigint AS free_idr
             FROM m WHERE m.month >= m.from_month AND m.source_kind = 'programme' AND m.fund_id IS NOT NULL
              AND m.month > coalesce((SELECT max(p.month) FROM enrolment_personmonth p
                    WHERE p.person_id = m.person_id AND p.fund_id = m.fund_id AND p.state = 'paid'),
                  '-infinity')
            GROUP BY m.person_id, m.fund_id ORDER BY m.person_id""",
        # Each half has an index by person of its own.
        [[s for s in _FREE if s in CLAIMS], [s for s in _FREE if s not in CLAIMS]],
    )


@transaction.atomic
def fill(decree: Decree, *, by: str) -> int:
    """Put those whom a decree brought in into the open places of the same money, by rank.

    Who comes is decided by the allocation alone; this says whose place it was. The months of who left
    become ``replaced``, so that the quota can be shown whole.
    """
    open_ = read(
        """SELECT id AS vacancy_id, left_person_id, fund_id, month_from FROM enrolment_vacancy
            WHERE came_person_id IS NULL ORDER BY month_from, id"""
    )
    came = read(
        """SELECT l.person_id, l.fund_id, l.month_from AS came_from, a.rank::bigint AS rank
             FROM enrolment_decreeline l JOIN funding_award a ON a.id = l.award_id
            WHERE l.decree_id = %s AND NOT EXISTS (
                  SELECT 1 FROM enrolment_vacancy v
                   WHERE v.came_person_id = l.person_id AND v.decree_id = l.decree_id)
              AND NOT EXISTS (SELECT 1 FROM enrolment_open_pauses() z
                               WHERE z.person_id = l.person_id AND z.from_month <= l.month_from)
            ORDER BY a.rank, l.person_id""",
        [decree.pk],
    )
    nth = pl.int_range(pl.len()).over("fund_id")
    pairs = open_.with_columns(nth=nth).join(came.with_columns(nth=nth), on=["fund_id", "nth"])
    pairs = pairs.filter(pl.col("came_from") >= pl.col("month_from"))
    if pairs.is_empty():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_vacancy v SET came_person_id = w.person, came_from = w.since, decree_id = %s
                 FROM unnest(%s::bigint[], %s::bigint[], %s::date[]) AS w(id, person, since)
                WHERE v.id = w.id""",
            [
                decree.pk,
                pairs["vacancy_id"].to_list(),
                pairs["person_id"].to_list(),
                pairs["came_from"].to_list(),
            ],
        )
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'replaced'
                 FROM unnest(%s::bigint[], %s::bigint[], %s::date[]) AS w(person, fund, since)
                WHERE m.person_id = w.person AND m.fund_id = w.fund AND m.month >= w.since
                  AND m.state IN ('stopped', 'rejected')""",
            [pairs["left_person_id"].to_list(), pairs["fund_id"].to_list(), pairs["came_from"].to_list()],
        )
    record("enrolment.fill", decree.number, by=by, places=pairs.height)
    return pairs.height
