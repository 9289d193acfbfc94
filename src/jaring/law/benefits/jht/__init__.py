"""Jaminan hari tua, in outline: what part of the balance is paid on which event."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.benefits.jht.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "happened_on",
    {
        "happened_on": pl.Date(),
        "event": pl.String(),
        "balance_idr": pl.Int64(),
        "member_months": pl.Int64(),
        "age_years": pl.Int64(),
    },
    steps,
    tests,
)


def benefit(cases: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """The part of the balance (contributions and returns, as the insurer states it) that may be paid."""
    return ASK.answer(cases, settings)
