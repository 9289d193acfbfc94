"""What the front page shows of a month, read from the rooms' tables as counts; no person leaves here."""

from __future__ import annotations

from typing import Any

import polars as pl

from jaring.facts.month import Month
from jaring.tables.frames import read


def funds(year: int) -> pl.DataFrame:
    """Budgets of a year by source, desa-bound ones together: source, year, count, the sums, people."""
    return read(
        """SELECT f.source, f.year, count(*) AS funds, sum(f.budget_idr) AS budget_idr,
                  sum(f.committed_idr) AS committed_idr, sum(f.spent_idr) AS spent_idr,
                  coalesce(sum(a.people), 0) AS people
             FROM funding_fund f
             LEFT JOIN (SELECT fund_id, count(DISTINCT person_id) AS people FROM funding_award GROUP BY 1) a
                    ON a.fund_id = f.id
            WHERE f.year = %s GROUP BY 1, 2 ORDER BY 4 DESC""",
        [year],
    )


def waiting(month: Month) -> pl.DataFrame:
    """People without a payer in the month's newest proposal, by reason: reason, people."""
    return read(
        """SELECT reason, count(*) AS people FROM funding_waiting
            WHERE proposal_id = (SELECT max(id) FROM funding_proposal WHERE month = %s)
            GROUP BY 1 ORDER BY 2 DESC""",
        [month.first],
    )


def refused(month: Month) -> pl.DataFrame:
    """People the law leaves out this month, by their first reason: reason, people."""
    return read(
        """SELECT reasons[1] AS reason, count(*) AS people FROM decide_decision
            WHERE month = %s AND NOT eligible AND superseded_at IS NULL GROUP BY 1 ORDER BY 2 DESC""",
        [month.first],
    )


def months_by_state(month: Month) -> dict[str, int]:
    """Person-months of the month by state, the insurer's own list left out."""
    rows = read(
        """SELECT state, count(*) AS people FROM enrolment_personmonth
            WHERE month = %s GROUP BY 1""",
        [month.first],
    )
    return dict(rows.iter_rows())


def unpaid(month: Month) -> tuple[int, int]:
    """People and rupiah billed up to the month and not paid."""
    row: dict[str, Any] = read(
        """SELECT count(DISTINCT person_id) AS people, coalesce(sum(iuran_idr), 0)::bigint AS rupiah
             FROM enrolment_personmonth WHERE state IN ('billed', 'unpaid') AND month <= %s""",
        [month.first],
    ).row(0, named=True)
    return int(row["people"]), int(row["rupiah"])
