"""DTSEN or its forerunners: family card, NIK and welfare decile, often without names. programme.md §4.3 H."""

from __future__ import annotations

import polars as pl

from jaring.rosters.formats import Format


def refine(frame: pl.DataFrame, context: str) -> pl.DataFrame:
    """Deciles 1 and 2 are the poor of the programme; the rest claim nothing."""
    return frame.with_columns(segment=pl.when(pl.col("desil") <= 2).then(pl.lit("miskin")))


FORMAT = Format(
    kind="dtsen",
    label="DTSEN (No KK, NIK, desil)",
    fields={"desil": 5},
    words={r"dtsen|siks|dtks|bnba|p3ke": 4},
    refine=refine,
)
