"""Tangga sanksi: at which step of PP 86/2013 a case stands on a day, what may come next and from when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from jaring.law.asking import Ask
from jaring.law.employers.ladder.rule import steps, tests
from jaring.law.settings import LocalSetting

ASK = Ask(
    "day",
    {
        "day": pl.Date(),
        "violation": pl.String(),
        "party": pl.String(),
        "warned_first_on": pl.Date(),
        "warned_second_on": pl.Date(),
        "fined_on": pl.Date(),
        "fine_paid_on": pl.Date(),
        "complied_on": pl.Date(),
        "denied_on": pl.Date(),
        "contributions_due_idr": pl.Int64(),
    },
    steps,
    tests,
    silent={"party": "pemberi_kerja"},
)


def standing(
    cases: pl.DataFrame, settings: Sequence[LocalSetting] = (), holidays: Sequence[dt.date] = ()
) -> pl.DataFrame:
    """Where each case stands on ``day``; row order kept.

    In: the columns of ``ASK``, dates null where not (yet) so; ``violation`` is one of
    ``rule.VIOLATIONS``, ``party`` ``pemberi_kerja`` or ``perorangan``. Adds ``tahap`` (one of
    ``rule.STAGES``), ``tahap_sampai``, ``berikutnya`` and ``berikutnya_sejak`` (null: nothing may
    follow), ``denda_bulan``, ``denda_idr``, ``layanan`` (the services that may be denied).
    """
    return replace(ASK, steps=partial(steps, holidays=holidays)).answer(cases, settings)
