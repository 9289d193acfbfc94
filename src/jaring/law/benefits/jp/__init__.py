"""Jaminan pensiun, in outline: when, and about how much a month."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.benefits.jp.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "month",
    {
        "month": pl.Date(),
        "age_years": pl.Int64(),
        "contribution_months": pl.Int64(),
        "average_year_wage_idr": pl.Int64(),
    },
    steps,
    tests,
)


def pension(cases: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """The old-age pension a month, or that it is paid at once; row order kept.

    In: the columns of ``ASK``; ``average_year_wage_idr``: the weighted average wage of a year, indexed by
    the insurer. Adds ``usia_pensiun``, ``menurut_rumus_idr``, ``sebulan_idr``; ``reasons`` say what is open.
    """
    return ASK.answer(cases, settings)
