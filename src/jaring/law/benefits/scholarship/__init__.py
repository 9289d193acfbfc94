"""Beasiswa: what a child of a dead or totally disabled member receives for school."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.benefits.scholarship.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "happened_on",
    {
        "happened_on": pl.Date(),
        "cause": pl.String(),
        "months_total": pl.Int64(),
        "months_in_a_row": pl.Int64(),
        "child_no": pl.Int64(),
        "child_age_years": pl.Int64(),
        "level": pl.String(),
        "years_received": pl.Int64(),
        "married": pl.Boolean(),
        "working": pl.Boolean(),
        "legitimate": pl.Boolean(),
    },
    steps,
    tests,
    silent={
        "child_no": 1,
        "years_received": 0,
        "married": False,
        "working": False,
        "legitimate": True,
        "level": "belum_sekolah",
    },
)


def benefit(children: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """The scholarship of each child, one row a child; row order kept.

    In: the columns of ``ASK``. ``cause``: ``jkk`` or ``jkm``; ``level``: where the child is in school
    (``rule.LEVELS`` or ``belum_sekolah``); ``years_received``: years already paid at that level.
    Adds ``setahun_idr`` (this year), ``sisa_idr`` (from now to the end of studies), ``sekali_idr`` (the
    single sum of the time before 2 December 2019); ``reasons`` say what closes it.
    """
    return ASK.answer(children, settings)
