"""Dasar hukum program: the instruments that oblige and allow a regency to act, as a citable list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.dated import InForce, Law
from jaring.law.loader import concept
from jaring.law.mandate.rule import steps
from jaring.law.settings import LocalSetting

ASK = Ask("day", {"day": pl.Date()}, steps)


def instruments(on: dt.date, settings: Sequence[LocalSetting] = ()) -> list[InForce]:
    """What a decree or letter of that day may cite, oldest instrument first."""
    law = Law(settings)
    found = (law.on(value.key, on) for value in concept("mandate").values.values())
    return sorted((one for one in found if one), key=lambda one: one.dated.since)
