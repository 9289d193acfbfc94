"""Steps and tests: the two shapes a rule has. A step makes a column, a test finds rows to refuse.

Both name the values of law they stand on, so that articles and warnings follow from the rule
itself and one person's case can be shown line by line from the same text that prices a nation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from jaring.law.dated import Law, members

SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Cite:
    """A value of law that a step stands on, on the rows where ``where`` holds (None: all of them)."""

    key: str
    where: pl.Expr | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a computation: the column it makes and the law it stands on."""

    column: str
    value: pl.Expr
    cites: tuple[Cite, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """One ground of refusal or warning: ``code`` of a reason, and the rows it strikes."""

    __test__ = False  # not one of pytest's

    code: str
    strikes: pl.Expr
    cites: tuple[Cite, ...] = ()


def cite_each(folder: str, name: str, chosen: pl.Expr, where: pl.Expr | None = None) -> tuple[Cite, ...]:
    """The value ``name`` of each concept of a folder, cited on the rows that name that concept."""
    within = pl.lit(True) if where is None else where
    return tuple(Cite(key, within & (chosen == one)) for one, key in members(folder, name))


def run(frame: pl.DataFrame, steps: Sequence[Step]) -> pl.DataFrame:
    """The columns of ``steps`` added in order; a later step sees the earlier ones.

    No step overwrites a column: what a case came with stays beside what was made of it.
    """
    for step in steps:
        if step.column in frame.columns:
            raise ValueError(f"kolom {step.column} sudah ada")
        frame = frame.with_columns(step.value.alias(step.column))
    return frame


def articles(steps: Sequence[Step | Test], law: Law) -> pl.Expr:
    """The articles that ``steps`` stand on in each row, once each, as text."""
    return _joined(steps, law.article)


def warnings(steps: Sequence[Step | Test], law: Law) -> pl.Expr:
    """The warning codes of uncertain values and local settings that act in each row, as text."""
    return _joined(steps, law.warning)


def first(tests: Sequence[Test]) -> pl.Expr:
    """The code of the first test that strikes each row, or null."""
    return pl.coalesce(
        *(pl.when(test.strikes).then(pl.lit(test.code)) for test in tests), pl.lit(None, pl.String())
    )


def with_codes(frame: pl.DataFrame, tests: Sequence[Test], column: str) -> pl.DataFrame:
    """``frame`` with the list of every code that strikes each row, in the order of the tests."""
    # Few of the possible combinations occur: each is numbered by its bits and written out once.
    bits = (test.strikes.fill_null(False).cast(pl.Int64) * 2**n for n, test in enumerate(tests))
    struck = frame.select(pl.sum_horizontal(bits)).to_series()
    found = struck.unique()
    lists = [[test.code for n, test in enumerate(tests) if mask >> n & 1] for mask in found]
    codes = pl.DataFrame({"struck": found, column: pl.Series(lists, dtype=pl.List(pl.String()))})
    return (
        frame.with_columns(struck=struck)
        .join(codes, on="struck", how="left", maintain_order="left")
        .drop("struck")
    )


def noted(frame: pl.DataFrame, steps: Sequence[Step | Test], law: Law) -> pl.DataFrame:
    """``frame`` with the ``articles`` and ``warnings`` of ``steps``."""
    return frame.with_columns(articles=articles(steps, law), warnings=warnings(steps, law))


def _joined(steps: Sequence[Step | Test], text: Callable[[str], pl.Expr]) -> pl.Expr:
    parts = []
    seen: set[tuple[str, str]] = set()
    for cite in (cite for step in steps for cite in step.cites):
        mark = (cite.key, str(cite.where))
        if mark not in seen:
            seen.add(mark)
            found = text(cite.key)
            parts.append(found if cite.where is None else pl.when(cite.where).then(found))
    if not parts:
        return pl.lit("")
    whole = pl.concat_list(parts).list.drop_nulls().list.join(SEPARATOR)
    # One value may stand on several articles: each is named once, whoever cites it.
    return whole.str.split(SEPARATOR).list.unique(maintain_order=True).list.join(SEPARATOR)


def once(
    frame: pl.DataFrame, inputs: Mapping[str, pl.DataType], apply: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """``apply`` run once on each distinct combination of ``inputs``, joined back in row order.

    A thousand people of one village at one price are priced once. Inputs that the frame lacks
    are null. ``apply`` keeps the input columns and adds its own.
    """
    missing = [pl.lit(None, kind).alias(name) for name, kind in inputs.items() if name not in frame.columns]
    casts = [pl.col(name).cast(kind) for name, kind in inputs.items() if name in frame.columns]
    whole = frame.with_columns(*casts, *missing)
    made = apply(whole.select(list(inputs)).unique(maintain_order=True))
    whole = whole.join(made, on=list(inputs), how="left", nulls_equal=True, maintain_order="left")
    return whole.drop(set(inputs) - set(frame.columns))
