"""Batas waktu manfaat: until when an accident is reported, a claim made, a benefit paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from jaring.law.asking import Ask
from jaring.law.benefits.claims.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "happened_on",
    {
        "happened_on": pl.Date(),
        "ended_on": pl.Date(),
        "reported_on": pl.Date(),
        "employment_ended_on": pl.Date(),
        "complete_on": pl.Date(),
        "paid_on": pl.Date(),
        "benefit_idr": pl.Int64(),
        "claimed_on": pl.Date(),
    },
    steps,
    tests,
)


def clocks(
    cases: pl.DataFrame, settings: Sequence[LocalSetting] = (), holidays: Sequence[dt.date] = ()
) -> pl.DataFrame:
    """Every date of a case; row order kept. In: the columns of ``ASK``, null where not yet known.

    ``holidays``: the national holidays of the time; Saturdays and Sundays are known.
    """
    return replace(ASK, steps=partial(steps, holidays=holidays)).answer(cases, settings)
