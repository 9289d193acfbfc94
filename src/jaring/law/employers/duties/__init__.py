"""Kewajiban pemberi kerja: registration, true data, changes, each with its clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from jaring.law.asking import Ask
from jaring.law.employers.duties.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "day",
    {
        "day": pl.Date(),
        "form_received_on": pl.Date(),
        "form_returned_on": pl.Date(),
        "hired_on": pl.Date(),
        "registered_on": pl.Date(),
        "worker_registered_on": pl.Date(),
        "changed_on": pl.Date(),
        "change_reported_on": pl.Date(),
        "foreign_months": pl.Int64(),
        "collected_not_deposited": pl.Boolean(),
    },
    steps,
    tests,
    silent={"collected_not_deposited": False},
)


def clocks(
    cases: pl.DataFrame, settings: Sequence[LocalSetting] = (), holidays: Sequence[dt.date] = ()
) -> pl.DataFrame:
    """Until when each duty is to be done, and what is overdue on ``day``; row order kept.

    In: the columns of ``ASK``, null where not (yet) so. ``holidays``: the national holidays of the time.
    """
    return replace(ASK, steps=partial(steps, holidays=holidays)).answer(cases, settings)
