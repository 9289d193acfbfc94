"""Price: which rules make the contribution of each kind, and what no case may lack."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from jaring.law.bpu import rule as bpu
from jaring.law.dated import Law
from jaring.law.discount import rule as discount
from jaring.law.pu import rule as pu
from jaring.law.steps import Step, Test

PROGRAMMES = ("jkk", "jkm", "jht", "jp")

Tests = Callable[[Law], list[Test]]
Steps = Callable[[Law], list[Step]]

#: The rules of each kind, in the order in which they apply.
KINDS: dict[str, tuple[tuple[Tests, ...], tuple[Steps, ...]]] = {
    "bpu": ((bpu.tests, discount.tests), (bpu.steps, discount.steps)),
    "pu": ((pu.tests,), (pu.steps,)),
}


def tests(law: Law) -> list[Test]:
    """What every case needs before a rule can speak."""
    unknown = pl.col("programmes").str.split("+").list.set_difference(list(PROGRAMMES)).list.len() > 0
    return [
        Test("bulan-tidak-ada", pl.col("month").is_null()),
        Test("jenis-tidak-dikenal", pl.col("kind").is_null() | ~pl.col("kind").is_in(list(KINDS))),
        Test("program-tidak-dikenal", pl.col("programmes").is_null() | unknown),
    ]


def has(programme: str) -> pl.Expr:
    """Whether the case asks for the programme."""
    return pl.col("programmes").str.split("+").list.contains(programme)
