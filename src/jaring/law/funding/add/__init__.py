"""Alokasi dana desa (ADD); its question: how large it must be at least."""

import polars as pl

from jaring.law.asking import Ask
from jaring.law.funding.add.rule import size, size_tests

ASK = Ask(
    "month",
    {
        "month": pl.Date(),
        "balancing_funds_idr": pl.Int64(),
        "dak_idr": pl.Int64(),
        "add_idr": pl.Int64(),
    },
    size,
    size_tests,
    silent={"dak_idr": 0},
)
