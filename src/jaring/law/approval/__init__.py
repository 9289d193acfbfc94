"""Batas nilai persetujuan: up to which sum the head of the labour office approves alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.law.approval.rule import steps, tests
from jaring.law.asking import Ask
from jaring.law.dated import Law
from jaring.law.settings import LocalSetting

ASK = Ask(
    day="approved_on", inputs={"approved_on": pl.Date(), "paper_idr": pl.Int64()}, steps=steps, tests=tests
)


def suggested(on: dt.date, settings: Sequence[LocalSetting] = ()) -> int:
    """The limit that a form suggests for a head of office. What binds stands in the assignment."""
    found = Law(settings).on("approval.kepala_dinas", on)
    if found is None:
        raise ValueError(f"no limit of approval on {on}")
    return int(found.value)
