"""Tunggakan: what unpaid months in a row do to each benefit, and who then pays it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law.arrears.rule import steps, tests
from jaring.law.asking import Ask
from jaring.law.dated import Law
from jaring.law.settings import LocalSetting
from jaring.law.steps import Step, first, run

INPUTS: dict[str, pl.DataType] = {
    "month": pl.Date(),
    "kind": pl.String(),
    "unpaid_months": pl.Int64(),
    "reactivated": pl.Boolean(),
}


def _rule(law: Law) -> list[Step]:
    return [Step("arrears", first(tests(law)), (), "Keadaan tunggakan"), *steps(law)]


ASK = Ask("month", INPUTS, _rule, tests, silent={"kind": "bpu", "reactivated": False})


def standing(frame: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """Adds ``arrears`` (reason code, null: none) and what becomes of each benefit; row order kept.

    In: ``month``, ``unpaid_months`` in a row, ``kind`` (null: bpu), ``reactivated`` (null: no).
    Each of ``jkk_perawatan jkk_uang jkm_pemakaman jkm_santunan beasiswa`` is one of ``rule.EFFECTS``;
    ``ditagih_bulan`` are the months of arrears still charged.
    """
    return run(ASK.told(frame), _rule(Law(settings)))
