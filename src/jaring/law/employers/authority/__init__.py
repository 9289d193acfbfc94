"""Kewenangan: which body may take which measure against an employer, and what it must wait for."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.employers.authority.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "day",
    {
        "day": pl.Date(),
        "actor": pl.String(),
        "measure": pl.String(),
        "violation": pl.String(),
        "requested": pl.Boolean(),
    },
    steps,
    tests,
    silent={"requested": False},
)


def may(measures: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """Whether each body may take each measure; row order kept.

    In: the columns of ``ASK``: ``actor`` is bpjs, kabupaten, provinsi; ``measure`` one of
    ``rule.MEASURES``; ``requested``: BPJS asked for it by letter. Adds ``boleh``.
    """
    return ASK.answer(measures, settings)
