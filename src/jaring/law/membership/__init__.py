"""Membership: how long someone has been a member without a gap, and what that does to the death benefit.

For: months paid in all and in a row up to a month; the new-member rule, its open questions as settings.
Never: decides a claim; that is the insurer's.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.dated import Law
from jaring.law.jkm import rule as jkm
from jaring.law.membership.rule import steps
from jaring.law.settings import LocalSetting
from jaring.law.steps import Cite, Step, Test

#: What ``jkm_benefit`` reads: the day of death, months paid up to it, and whether an accident caused it.
INPUTS: dict[str, pl.DataType] = {
    "died_on": pl.Date(),
    "months_total": pl.Int64(),
    "months_in_a_row": pl.Int64(),
    "kind": pl.String(),
    "by_accident": pl.Boolean(),
}


def _rule(law: Law) -> list[Step]:
    return [*jkm.steps(law), *steps(law)]


def _told(law: Law) -> list[Test]:
    return [Test("peserta-baru", pl.col("new_member"), (Cite("membership.bulan_penuh"),))]


ASK = Ask("died_on", INPUTS, _rule, _told, silent={"by_accident": False})


def jkm_benefit(deaths: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """What the heirs of each death receive from JKM; row order kept.

    In: the columns ``INPUTS`` (``by_accident`` null: no). Adds ``sekaligus_idr berkala_idr
    pemakaman_idr`` (the full sums of that day), ``months_counted``, ``new_member``,
    ``jkm_benefit_idr``, ``funeral_idr`` within it, ``articles`` and ``warnings``.
    """
    return ASK.answer(deaths, settings).drop("reasons")


def months(paid: pl.DataFrame, until: pl.DataFrame) -> pl.DataFrame:
    """``person_id, month`` of ``until`` with ``months_total``, ``months_in_a_row``, ``gap_months``.

    ``paid``: ``person_id, month`` once per paid month. Counted up to and with the month asked:
    ``months_in_a_row`` ends in that month (0 when it is unpaid); ``gap_months`` are the unpaid ones
    between the first paid month and the month asked.
    """
    number = pl.col("month").dt.year().cast(pl.Int64) * 12 + pl.col("month").dt.month()
    asked = until.select("person_id", "month").with_columns(at=number)
    held = paid.select("person_id", paid_at=number).unique()
    pairs = asked.unique().join(held, on="person_id", how="inner").filter(pl.col("paid_at") <= pl.col("at"))
    # A run of months has one constant: the month's number less its place in the row of paid months.
    runs = pairs.sort("person_id", "at", "paid_at").with_columns(
        run=pl.col("paid_at") - pl.int_range(pl.len()).over("person_id", "at")
    )
    counted = runs.group_by("person_id", "month").agg(
        months_total=pl.len().cast(pl.Int64),
        months_in_a_row=((pl.col("run") == pl.col("run").max()) & (pl.col("paid_at").max() == pl.col("at")))
        .sum()
        .cast(pl.Int64),
        gap_months=pl.col("at").first() - pl.col("paid_at").min() + 1 - pl.len(),
    )
    joined = asked.drop("at").join(counted, on=["person_id", "month"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("months_total", "months_in_a_row", "gap_months").fill_null(0))
