"""Tunggakan: what unpaid months in a row do to each benefit, and who then pays it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.arrears.rule import steps, tests
from jaring.law.dated import Law
from jaring.law.settings import LocalSetting
from jaring.law.steps import first, run

INPUTS: dict[str, pl.DataType] = {
    "month": pl.Date(),
    "kind": pl.String(),
    "unpaid_months": pl.Int64(),
    "reactivated": pl.Boolean(),
}


def standing(frame: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """Adds ``arrears`` (reason code, null: none) and what becomes of each benefit; row order kept.

    In: ``month``, ``unpaid_months`` in a row, ``kind`` (null: bpu), ``reactivated`` (null: no).
    Each of ``jkk_perawatan jkk_uang jkm_pemakaman jkm_santunan beasiswa`` is one of ``rule.EFFECTS``;
    ``ditagih_bulan`` are the months of arrears still charged.
    """
    law = Law(settings)
    missing = {name: pl.lit(None, kind) for name, kind in INPUTS.items() if name not in frame.columns}
    frame = frame.with_columns(**missing).with_columns(
        kind=pl.col("kind").fill_null("bpu"), reactivated=pl.col("reactivated").fill_null(False)
    )
    found = frame.with_columns(arrears=first(tests(law)))
    return run(found, steps(law))
