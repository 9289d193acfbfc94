"""Jatuh tempo: the day by which a month's contribution must be paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.law.dated import Law
from jaring.law.due.rule import steps
from jaring.law.settings import LocalSetting
from jaring.law.steps import run


def dates(
    frame: pl.DataFrame, settings: Sequence[LocalSetting] = (), holidays: Sequence[dt.date] = ()
) -> pl.DataFrame:
    """Adds ``due_jkk_jkm`` and ``due_jht_jp`` to rows with ``month`` and ``kind``.

    ``holidays``: the national holidays of the time; Saturdays and Sundays are known.
    """
    return run(frame, steps(Law(settings), holidays))
