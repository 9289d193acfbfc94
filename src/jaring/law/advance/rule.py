"""Advance: how many months may be paid at once, and the last month that the payment covers."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.spans import LAST
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """A first month and a number of months, within the calendar."""
    month, months = pl.col("month"), pl.col("months")
    left = pl.lit(LAST.first).dt.year() - month.dt.year()
    return [
        Test("bulan-tidak-ada", month.is_null()),
        Test("lama-bayar-keliru", months.is_null() | (months < 1) | (months > left * law["advance.setahun"])),
    ]


def steps(law: Law) -> list[Step]:
    """The last month paid for; a length that the insurer may not offer is warned about."""
    months = pl.col("months")
    offered = (law.look_up("advance.pilihan", months, 0) == months).fill_null(False)
    return [
        Step(
            "last_month",
            pl.col("month").dt.truncate("1mo").dt.offset_by(pl.format("{}mo", months - 1)),
            (Cite("advance.pilihan", ~offered),),
            "Bulan terakhir yang dibayar",
        )
    ]
