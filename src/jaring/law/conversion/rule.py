"""Conversion: what a sum and a first month must be before months can be counted."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Test


def tests(law: Law) -> list[Test]:
    """A first month and a sum that is not negative."""
    amount = pl.col("amount_idr")
    return [
        Test("bulan-tidak-ada", pl.col("month").is_null()),
        Test("jumlah-uang-keliru", amount.is_null() | (amount < 0)),
    ]
