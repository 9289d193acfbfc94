"""Tunggakan: what unpaid months in a row do to the benefits of JKK and JKM."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.arrears.rule import tests
from jaring.law.dated import Law
from jaring.law.settings import LocalSetting
from jaring.law.steps import first


def standing(frame: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """Adds ``arrears`` (reason code, null: none) to rows with ``month`` and ``unpaid_months`` in a row."""
    return frame.with_columns(arrears=first(tests(Law(settings))))
