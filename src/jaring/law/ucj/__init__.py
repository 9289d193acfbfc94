"""Cakupan jaminan sosial ketenagakerjaan (UCJ): published definitions and targets, each with what it counts.

For: quoting a target or a base with its year and source. Never: mixes them with the product's own count.
Figures published about this regency itself stand in ``coverage/published.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.settings import LocalSetting
from jaring.law.ucj.rule import steps, tests

ASK = Ask(
    "day",
    {"day": pl.Date(), "level": pl.String(), "active": pl.Int64(), "base": pl.Int64()},
    steps,
    tests,
)


def measured(cases: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """A coverage as ``active`` over ``base``, beside the target published for the level and year."""
    return ASK.answer(cases, settings)
