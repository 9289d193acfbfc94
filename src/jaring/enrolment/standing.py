"""How a month stands: people and rupiah by state, bills, blocked claims, what did not match. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jaring.enrolment.actions_pay import STATES as BILL_STATES
from jaring.enrolment.blocked import blocked_claims
from jaring.enrolment.policy import STATES
from jaring.facts.month import Month
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read

_TOLD = 20


def of(month: Month, settings: Sequence[LocalSetting] = ()) -> dict[str, Any]:
    """``states, bills, blocked_people, blocked_idr, told`` (the newest unsettled, at most 20), ``untold``."""
    states = read(
        """SELECT state, count(*) AS people, sum(iuran_idr)::bigint AS idr FROM enrolment_personmonth
            WHERE month = %s AND source_kind = 'programme' GROUP BY state""",
        [month.first],
    )
    bills = read(
        """SELECT state, count(*) AS bills, sum(billed_idr)::bigint AS idr FROM enrolment_bill
            WHERE month = %s AND state <> 'withdrawn' GROUP BY state ORDER BY state""",
        [month.first],
    )
    told = read(
        """SELECT code, paper, sentence, amount_idr FROM enrolment_discrepancy
            WHERE settled_at IS NULL AND (month IS NULL OR month = %s) ORDER BY id DESC""",
        [month.first],
    )
    held = blocked_claims(settings)
    order = list(STATES)
    return {
        "month": str(month),
        "states": sorted(
            ({**row, "title": STATES[row["state"]].title} for row in states.iter_rows(named=True)),
            key=lambda row: order.index(row["state"]),
        ),
        "bills": [{**row, "state": BILL_STATES[row["state"]]} for row in bills.iter_rows(named=True)],
        "blocked_people": held.height,
        "blocked_idr": int(held["jkm_benefit_idr"].sum()),
        "told": told.head(_TOLD).to_dicts(),
        "untold": max(0, told.height - _TOLD),
    }
