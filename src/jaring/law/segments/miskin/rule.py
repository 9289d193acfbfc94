"""The working poor: claimed by a list, or in the lowest deciles of DTSEN (Inpres 8/2025)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.segments.rule import claimed


def member(law: Law) -> pl.Expr:
    """A list says so, or the family's decile is low and some list claims the person as a worker."""
    poor = (pl.col("desil") <= law["segments.miskin.desil_tertinggi"]).fill_null(False)
    return claimed("miskin") | (poor & (pl.col("segments").list.len() > 0))
