"""Manfaat jaminan kehilangan pekerjaan (JKP): cash by month after dismissal, and its conditions."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.benefits.jkp.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "dismissed_on",
    {
        "dismissed_on": pl.Date(),
        "claimed_on": pl.Date(),
        "wage_idr": pl.Int64(),
        "months_in_24": pl.Int64(),
        "months_in_a_row": pl.Int64(),
        "months_without_work": pl.Int64(),
    },
    steps,
    tests,
)


def benefit(cases: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """The cash of each case for its months without work; row order kept. In: the columns of ``ASK``."""
    return ASK.answer(cases, settings)
