"""Precedence: the considerations by which a regency may put one worker before another."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.eligibility.rule import carried_on

#: Where a fact is missing its holder comes after all who have it.
LAST = 2**31 - 1


def considerations(law: Law) -> dict[str, pl.Expr]:
    """Each a whole number; the smaller comes first."""
    born = pl.col("birth_date").dt.epoch(time_unit="d").cast(pl.Int64)
    since = pl.col("member_since").dt.epoch(time_unit="d").cast(pl.Int64)
    return {
        "lanjutan": (~(carried_on(law) | carried_on(law, "last_paid_by"))).cast(pl.Int64),
        "desil": pl.col("desil").fill_null(LAST),
        "segmen": pl.col("urutan_segmen").fill_null(LAST),
        "usia": born.fill_null(LAST),
        "perempuan": (pl.col("sex") != "P").fill_null(True).cast(pl.Int64),
        "lama": since.fill_null(LAST),
    }
