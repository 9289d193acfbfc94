"""Claims that wait for money: deaths in a month that was billed and is not paid. Reads, never writes."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.enrolment.policy import COVERED
from jaring.law import arrears, membership
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read

BLOCKED = {
    "person_id": pl.Int64(),
    "died_on": pl.Date(),
    "month": pl.Date(),
    "state": pl.String(),
    "wadah": pl.String(),
    "source": pl.String(),
    "kind": pl.String(),
    "bill_id": pl.Int64(),
    "months_total": pl.Int64(),
    "months_in_a_row": pl.Int64(),
    "new_member": pl.Boolean(),
    "jkm_benefit_idr": pl.Int64(),
    "unpaid_months": pl.Int64(),
    "effect": pl.String(),
}


def blocked_claims(settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """Columns ``BLOCKED``, one row per death whose month is not paid, oldest first.

    ``jkm_benefit_idr``: what the heirs receive once it is paid (the new-member rule applied).
    ``effect``: what the law lets become of it meanwhile: ``menunggu`` or, past the grace, ``gugur``.
    """
    deaths = read(
        """SELECT m.person_id, u.event_date AS died_on, m.month, m.state, m.wadah, m.source, m.kind,
                  m.bill_id,
                  (SELECT count(*) FROM enrolment_personmonth x WHERE x.person_id = m.person_id
                      AND x.month <= m.month AND x.state IN ('billed', 'unpaid', 'lapsed')) AS unpaid_months
             FROM enrolment_mutation u JOIN enrolment_personmonth m
               ON m.person_id = u.person_id AND m.month = date_trunc('month', u.event_date)::date
            WHERE u.kind = 'meninggal' AND m.state IN ('enrolled', 'billed', 'unpaid', 'lapsed')
            ORDER BY u.event_date, m.person_id"""
    )
    if deaths.is_empty():
        return pl.DataFrame(schema=BLOCKED)
    # Months that will be paid with this one count as they will then stand.
    covered = read(
        "SELECT person_id, month FROM enrolment_personmonth WHERE person_id = ANY(%s) AND state = ANY(%s)",
        [deaths["person_id"].to_list(), [*COVERED, "lapsed"]],
    )
    counted = membership.months(covered, deaths.select("person_id", "month"))
    whole = deaths.with_columns(counted.select("months_total", "months_in_a_row"))
    priced = membership.jkm_benefit(whole, settings)
    standing = arrears.standing(priced, settings)
    return standing.with_columns(effect="jkm_santunan").select(pl.col(n).cast(t) for n, t in BLOCKED.items())


def gap(paid: pl.DataFrame, deaths: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """What a gap in cover costs the heirs of a death: with the restart the settings name, and without.

    ``paid``: ``person_id, month``; ``deaths``: ``person_id, died_on, kind``. Adds ``months_total,
    months_in_a_row, gap_months, jkm_benefit_idr, without_restart_idr, lost_idr``.
    """
    asked = deaths.with_columns(month=pl.col("died_on").dt.month_start())
    counted = membership.months(paid, asked.select("person_id", "month"))
    whole = asked.with_columns(counted.select("months_total", "months_in_a_row", "gap_months"))
    ruled = membership.jkm_benefit(whole, settings)
    # Had the months counted on: as many in a row as in all.
    unbroken = membership.jkm_benefit(whole.with_columns(months_in_a_row="months_total"), settings)
    return ruled.with_columns(without_restart_idr=unbroken["jkm_benefit_idr"]).with_columns(
        lost_idr=pl.col("without_restart_idr") - pl.col("jkm_benefit_idr")
    )
