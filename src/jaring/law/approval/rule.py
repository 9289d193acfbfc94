"""Approval by amount: who approves a sum where the office has settled it."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """No sum is too large for everybody."""
    return []


def steps(law: Law) -> list[Step]:
    """The office that approves alone."""
    own = pl.col("paper_idr") <= law["approval.kepala_dinas"]
    return [
        Step(
            "penyetuju",
            pl.when(own).then(pl.lit("kepala_dinas")).otherwise(pl.lit("sekda")),
            (Cite("approval.kepala_dinas"),),
            "Yang menyetujui",
        ),
    ]
