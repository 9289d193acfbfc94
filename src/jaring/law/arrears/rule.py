"""Arrears: within the grace benefits wait, beyond it there are none (PP 44/2015 Art. 39, 42)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Test


def tests(law: Law) -> list[Test]:
    """Lapsed before tolerated: the graver one is the answer."""
    unpaid, grace = pl.col("unpaid_months"), law["arrears.ditenggang"]
    cites = (Cite("arrears.ditenggang"),)
    return [
        Test("tunggakan-gugur", unpaid > grace, cites),
        Test("tunggakan-tenggang", unpaid > 0, cites),
    ]
