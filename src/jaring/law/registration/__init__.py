"""Pendaftaran BPU: how someone outside an employment relation enrols, and from when cover begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from jaring.law.asking import Ask
from jaring.law.registration.rule import steps
from jaring.law.settings import LocalSetting

ASK = Ask(
    "day",
    {
        "day": pl.Date(),
        "form_complete_on": pl.Date(),
        "first_paid_on": pl.Date(),
        "numbered_on": pl.Date(),
        "changed_on": pl.Date(),
    },
    steps,
)


def clocks(
    cases: pl.DataFrame, settings: Sequence[LocalSetting] = (), holidays: Sequence[dt.date] = ()
) -> pl.DataFrame:
    """When the number is due, whether cover runs on ``day``, until when a change is reported."""
    return replace(ASK, steps=partial(steps, holidays=holidays)).answer(cases, settings)
