"""Price: which rules make the contribution of each kind, and what no case may lack."""

from __future__ import annotations

from collections.abc import Callable, Collection

import polars as pl

from jaring.law.bpu import rule as bpu
from jaring.law.dated import Law
from jaring.law.discount import rule as discount
from jaring.law.jakon import rule as jakon
from jaring.law.loader import group
from jaring.law.pmi import rule as pmi
from jaring.law.pu import rule as pu
from jaring.law.relief import rule as relief
from jaring.law.steps import Step, Test

PROGRAMMES = ("jkk", "jkm", "jht", "jp")

Tests = Callable[[Law], list[Test]]
Steps = Callable[[Law], list[Step]]

#: The rules of each kind, in the order in which they apply.
KINDS: dict[str, tuple[tuple[Tests, ...], tuple[Steps, ...]]] = {
    "bpu": ((bpu.tests, discount.tests), (bpu.steps, discount.steps)),
    "pu": ((pu.tests,), (pu.steps, relief.steps)),
    "jakon": ((jakon.tests,), (jakon.steps, relief.steps)),
    "pmi": ((pmi.tests,), (pmi.steps,)),
}
#: What ``sector`` may say: PP 50/2025 tells transport apart, PP 7/2025 labour-intensive employers.
SECTORS = ("transport", "other", "labour_intensive")
#: The kinds that are paid by the month; the others are paid by contract.
MONTHLY = ("bpu", "pu")


def tests(law: Law, kinds: Collection[str]) -> list[Test]:
    """What every case needs before a rule can speak."""
    return [
        Test("bulan-tidak-ada", pl.col("month").is_null()),
        Test("jenis-tidak-dikenal", pl.col("kind").is_null() | ~pl.col("kind").is_in(list(kinds))),
        Test("program-tidak-dikenal", pl.col("programmes").is_null() | pl.col("program_asing")),
        Test("pembayar-tidak-dikenal", ~pl.col("source").is_in(group("funding"))),
        Test("sektor-tidak-dikenal", ~pl.col("sector").is_in(SECTORS)),
    ]


def asked(cases: pl.DataFrame) -> pl.DataFrame:
    """``cases`` with ``minta_<programme>`` for each programme, and ``program_asing`` where one is unknown."""
    # A handful of texts occur in a million rows: each is taken apart once.
    texts = cases.get_column("programmes").unique().drop_nulls()
    named = {text: set(text.split("+")) for text in texts}
    said = pl.col("programmes")
    marks = {f"minta_{one}": [text for text in texts if one in named[text]] for one in PROGRAMMES}
    foreign = [text for text in texts if named[text] - set(PROGRAMMES)]
    return cases.with_columns(
        said.is_in(held).fill_null(False).alias(name)
        for name, held in {**marks, "program_asing": foreign}.items()
    )


def has(programme: str) -> pl.Expr:
    """Whether the case asks for the programme."""
    return pl.col(f"minta_{programme}")
