"""Steps and tests: the two shapes a rule has. A step makes a column, a test finds rows to refuse.

Both name the values of law they stand on, so that articles and warnings follow from the rule
itself and one person's case can be shown line by line from the same text that prices a nation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from jaring.law.dated import Law, members
from jaring.law.distinct import distinct

SEPARATOR = "; "
#: Conditions that one number holds as bits.
_WORD = 60


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


def first(tests: Sequence[Test]) -> pl.Expr:
    """The code of the first test that strikes each row, or null."""
    return pl.coalesce(
        *(pl.when(test.strikes).then(pl.lit(test.code)) for test in tests), pl.lit(None, pl.String())
    )


def with_codes(frame: pl.DataFrame, tests: Sequence[Test], column: str) -> pl.DataFrame:
    """``frame`` with the list of every code that strikes each row, in the order of the tests."""
    if not tests:
        return frame.with_columns(pl.lit([], dtype=pl.List(pl.String())).alias(column))
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


def noted(frame: pl.DataFrame, steps: Sequence[Step | Test], law: Law, prefix: str = "") -> pl.DataFrame:
    """``frame`` with the ``articles`` and ``warnings`` of ``steps`` in each row, once each, as text."""
    # Few combinations of citations occur: each is marked by its bits and written out once.
    cites = {(c.key, str(c.where)): c for step in steps for c in step.cites}.values()
    marks = frame.select(pl.col(law.day), *_bits([c.where for c in cites if c.where is not None]))
    rows, place = distinct(marks)
    found = [_texts(row, cites, law) for row in marks[rows].iter_rows()]
    texts = pl.DataFrame(
        found, schema={f"{prefix}articles": pl.String(), f"{prefix}warnings": pl.String()}, orient="row"
    )
    return frame.with_columns(texts[place].get_columns())


def _bits(conditions: Sequence[pl.Expr]) -> list[pl.Expr]:
    """The conditions of each row as the bits of as few numbers as hold them."""
    return [
        pl.sum_horizontal(
            one.fill_null(False).cast(pl.Int64()) * 2**bit
            for bit, one in enumerate(conditions[start : start + _WORD])
        ).alias(f"word_{start}")
        for start in range(0, len(conditions), _WORD)
    ]


def _texts(row: tuple[Any, ...], cites: Collection[Cite], law: Law) -> tuple[str, str]:
    """Articles and warnings of the citations whose bits the row holds."""
    day, *words = row
    bits = (word >> bit & 1 for word in words for bit in range(_WORD))
    acting = [cite.key for cite in cites if cite.where is None or next(bits)]
    held = [one for key in acting if day is not None and (one := law.on(key, day))]
    articles = (part for one in held for part in one.dated.article.split(SEPARATOR))
    warnings = (one.warning for one in held if one.warning)
    return SEPARATOR.join(dict.fromkeys(articles)), SEPARATOR.join(dict.fromkeys(warnings))


def once(
    frame: pl.DataFrame,
    inputs: Mapping[str, pl.DataType],
    apply: Callable[[pl.DataFrame], pl.DataFrame],
    like: Callable[[pl.DataFrame], pl.DataFrame] = lambda given: given,
) -> pl.DataFrame:
    """``frame`` with what ``apply`` adds, ``apply`` run once on each distinct combination of ``inputs``.

    A thousand people of one village at one price are priced once. Inputs that the frame lacks are
    null. ``apply`` keeps the rows that it is given in their order; row order is kept here too.
    ``like`` may put another case of the same answer in the place of a case, so that more are alike.
    """
    given = frame.select(pl.col(name).cast(kind) for name, kind in inputs.items() if name in frame.columns)
    missing = {name: pl.lit(None, kind) for name, kind in inputs.items() if name not in given.columns}
    alike = like(given)
    rows, place = distinct(alike)
    made = apply(alike[rows].with_columns(**missing).select(list(inputs))).drop(list(inputs), strict=False)
    # What says the same of every case need not be fetched for each row.
    same = {
        one.name: pl.lit(one[0], one.dtype).alias(one.name) for one in made if len(one) and _constant(one)
    }
    found = made.drop(list(same))[place]
    return frame.with_columns(given.get_columns()).with_columns(
        same[name] if name in same else found.get_column(name) for name in made.columns
    )


def _constant(column: pl.Series) -> bool:
    if column.null_count():
        return column.null_count() == len(column)
    return not column.dtype.is_nested() and bool((column == column[0]).all())
