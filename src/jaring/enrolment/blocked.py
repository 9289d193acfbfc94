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
    died = read("SELECT person_id, event_date AS died_on FROM enrolment_mutation WHERE kind = 'meninggal'")
    months = read(
        """SELECT person_id, month, state, wadah, source, kind, bill_id FROM enrolment_personmonth
            WHERE person_id = ANY(%s) AND state = ANY(%s) AND source_kind = 'programme'""",
        [died["person_id"].to_list(), [*COVERED, "lapsed"]],
    )
    asked = died.with_columns(month=pl.col("died_on").dt.month_start())
    deaths = (
        asked.join(months, on=["person_id", "month"])
        .filter(pl.col("state") != "paid")
        .sort("died_on", "person_id")
    )
    if deaths.is_empty():
        return pl.DataFrame(schema=BLOCKED)
    owed = (
        deaths.select("person_id", until="month")
        .join(months.filter(~pl.col("state").is_in(["paid", "enrolled"])), on="person_id", how="left")
        .filter(pl.col("month") <= pl.col("until"))
        .group_by("person_id")
        .agg(unpaid_months=pl.len().cast(pl.Int64))
    )
    deaths = deaths.join(owed, on="person_id", how="left", maintain_order="left").with_columns(
        pl.col("unpaid_months").fill_null(0)
    )
    # Months that will be paid with this one count as they will then stand.
    covered = months.select("person_id", "month")
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
