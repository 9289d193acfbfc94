"""Choosing one fact among many lists: the better kind of list first, then the newest, then the last row."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

#: Where the kind of list says nothing, after all that are named.
_OTHERS = 99


def chosen(
    rows: pl.DataFrame, column: str, kinds: Sequence[str], last_day: pl.Expr, keep: Sequence[str] = ()
) -> pl.DataFrame:
    """``person_id``, ``column`` and ``keep`` of the row that speaks for each person, with ``said_by``.

    Only rows that say something count. A list about a later time than ``last_day`` speaks after
    all others; ``kinds`` are the kinds of list in order of trust.
    """
    order = {kind: place for place, kind in enumerate(kinds)}
    return (
        rows.filter(pl.col(column).is_not_null())
        .select(
            "person_id",
            column,
            *keep,
            "as_of",
            "row_id",
            "kind",
            late=(pl.col("as_of") > last_day).fill_null(False),
            trust=pl.col("kind").replace_strict(order, default=_OTHERS, return_dtype=pl.Int64),
        )
        .sort(
            "person_id",
            "late",
            "trust",
            "as_of",
            "row_id",
            descending=[False, False, False, True, True],
            nulls_last=True,
        )
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", column, *keep, said_by=_said_by(column))
    )


def _said_by(column: str) -> pl.Expr:
    """``desil: dtsen 2025-12-31, baris 81``: which row of which list the fact comes from."""
    day = pl.col("as_of").cast(pl.String).fill_null("tanpa tanggal")
    return pl.format("{}: {} {}, baris {}", pl.lit(column), pl.col("kind"), day, pl.col("row_id"))
