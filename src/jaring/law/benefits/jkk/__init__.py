"""Jaminan kecelakaan kerja: the sums paid in money after an accident at work."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.benefits.jkk.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "happened_on",
    {
        "happened_on": pl.Date(),
        "kind": pl.String(),
        "wage_idr": pl.Int64(),
        "income_idr": pl.Int64(),
        "outcome": pl.String(),
        "stmb_months": pl.Int64(),
        "table_parts": pl.Int64(),
        "function_parts": pl.Int64(),
        "land_idr": pl.Int64(),
        "sea_idr": pl.Int64(),
        "air_idr": pl.Int64(),
    },
    steps,
    tests,
    silent={"stmb_months": 0, "land_idr": 0, "sea_idr": 0, "air_idr": 0},
)


def benefit(cases: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """What JKK pays in money for each case; row order kept.

    In: the columns of ``ASK``; ``outcome`` is one of ``rule.OUTCOMES``; ``table_parts`` and
    ``function_parts`` (parts of 100,000) are the percentage of the annex's table and of the function
    lost; the last three are costs of transport. Adds a column per sum and ``jumlah_idr``.
    """
    return ASK.answer(cases, settings)
