"""Perusahaan daftar sebagian (PDS): what an employer pays itself where it registered less than the truth."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.asking import Ask
from jaring.law.employers.shortfall.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "happened_on",
    {
        "happened_on": pl.Date(),
        "shortfall": pl.String(),
        "benefit_true_idr": pl.Int64(),
        "benefit_reported_idr": pl.Int64(),
    },
    steps,
    tests,
)


def shares(cases: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """Who pays what of a benefit; row order kept.

    In: the columns of ``ASK``: ``shortfall`` one of ``rule.SHORTFALLS``, the benefit by the true facts, and
    by what was reported. Adds ``dibayar_bpjs_idr`` and ``dibayar_pemberi_kerja_idr``.
    """
    return ASK.answer(cases, settings)
