"""What one payer a person saves: the lists as their offices would have paid them, against what is paid."""

from __future__ import annotations

import polars as pl

from jaring.facts.month import Month
from jaring.funding.savings import Savings, saved
from jaring.law import price
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read

#: Which purse the office behind a kind of list would draw on by itself.
_WOULD_PAY = {
    "petani": "dbhcht",
    "keagamaan": "apbd",
    "aparatur": "add",
    "suplemen": "add",
    "dtsen": "apbd",
    "umkm": "apbd",
}


def measured(month: Month, settings: tuple[LocalSetting, ...]) -> Savings:
    """Each list's claim at the price of one month of JKK and JKM, against the one payer of the person."""
    lists = read(
        """SELECT DISTINCT l.person_id, o.kind AS list FROM people_link l
             JOIN rosters_row r ON r.id = l.row_id JOIN rosters_roster o ON o.id = r.roster_id
            WHERE o.kind = ANY(%s) AND o.state = 'received'""",
        [list(_WOULD_PAY)],
    ).with_columns(source=pl.col("list").replace_strict(_WOULD_PAY, return_dtype=pl.String))
    sources = sorted(set(_WOULD_PAY.values()))
    cases = pl.DataFrame({"source": sources}).with_columns(
        month=pl.lit(month.first), kind=pl.lit("bpu"), programmes=pl.lit("jkk+jkm"), sector=pl.lit("other")
    )
    prices = price.monthly(cases, settings).select("source", price_idr="iuran_idr")
    payers = read(
        """SELECT person_id, source AS payer,
                  CASE WHEN fund_id IS NULL THEN 0 ELSE iuran_idr END AS paid_idr
             FROM enrolment_personmonth
            WHERE month = %s AND state IN ('funded', 'decreed', 'enrolled', 'billed', 'unpaid', 'paid')""",
        [month.first],
    )
    outside = read(
        """SELECT person_id, covered_by AS payer, 0::bigint AS paid_idr FROM decide_decision
            WHERE month = %s AND superseded_at IS NULL AND NOT eligible AND covered_by IS NOT NULL""",
        [month.first],
    ).join(payers, on="person_id", how="anti")
    return saved(lists.join(prices, on="source"), pl.concat([payers, outside]))
