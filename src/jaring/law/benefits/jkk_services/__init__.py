"""Pelayanan JKK: treatment, home care, prostheses and aids, each to its limit."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.benefits.jkk_services.rule import COSTS, steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "happened_on",
    {
        "happened_on": pl.Date(),
        **{f"{one}_idr": pl.Int64() for one in COSTS},
        "home_care_months": pl.Int64(),
    },
    steps,
    tests,
    silent={f"{one}_idr": 0 for one in COSTS},
)


def benefit(cases: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """What JKK bears of each cost; row order kept. In: the columns of ``ASK``; adds one per service."""
    return ASK.answer(cases, settings)
