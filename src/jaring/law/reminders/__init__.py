"""Teguran kepada desa: how many warning letters there are, how far apart, how long each waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from jaring.law.asking import Ask
from jaring.law.dated import Law
from jaring.law.reminders.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(day="sent_on", inputs={"sent_on": pl.Date(), "letter_level": pl.Int64()}, steps=steps, tests=tests)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rule on one day: the last level, days between two letters, days to comply."""

    last: int
    apart_days: int
    comply_days: int


def ladder(on: dt.date, settings: Sequence[LocalSetting] = ()) -> Ladder:
    """The rule in force on the day that a letter is sent."""
    law = Law(settings)
    last, apart, comply = (law.on(f"reminders.{name}", on) for name in ("tingkat", "jarak", "tenggat"))
    if last is None or apart is None or comply is None:
        raise ValueError(f"no rule of reminders on {on}")
    return Ladder(last.value, apart.value, comply.value)
