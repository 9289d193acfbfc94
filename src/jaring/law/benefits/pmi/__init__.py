"""Manfaat pekerja migran (PMI): the sums that are known, by phase."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.benefits.pmi.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "happened_on",
    {
        "happened_on": pl.Date(),
        "phase": pl.String(),
        "event": pl.String(),
        "medical_idr": pl.Int64(),
        "host_insurance_idr": pl.Int64(),
    },
    steps,
    tests,
    silent={"medical_idr": 0, "host_insurance_idr": 0},
)


def benefit(cases: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """What a migrant worker or the heirs receive; row order kept. In: the columns of ``ASK``."""
    return ASK.answer(cases, settings)
