"""Distinct rows: each combination that occurs is worked on once, however many rows share it."""

from __future__ import annotations

import polars as pl

#: Keys stay below this, so that one more column still fits in a signed 64-bit number.
_ROOM = 2**62


def distinct(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The first row of each distinct combination, and for every row its combination's place among them.

    ``frame[first][place]`` equals ``frame``. Columns are dates, whole numbers, yes/no or text.
    """
    key, size = pl.zeros(frame.height, dtype=pl.Int64(), eager=True), 1
    for column in frame:
        codes, count = _codes(column)
        if count == 1:
            continue
        if count > _ROOM // size:
            key, size = _packed(key)
        if count > _ROOM // size:
            codes, count = _packed(codes)
        key, size = key + codes * size, size * count
    first = key.arg_unique()
    return first, _place(key, key.gather(first))


def _codes(column: pl.Series) -> tuple[pl.Series, int]:
    """The column as numbers from 0, null among them, and how many numbers may occur."""
    if column.is_empty():
        return column, 1
    if column.dtype == pl.String():
        # Much cheaper than casting a column that says the same in every row.
        if column.null_count() == 0 and bool((column == column[0]).all()):
            return column, 1
        # A name space of its own: what one call has seen is forgotten with it.
        column = column.cast(pl.Categorical(pl.Categories.random()))
    numbers = column.to_physical().cast(pl.Int64())
    low, high = numbers.min(), numbers.max()
    if not isinstance(low, int) or not isinstance(high, int):
        return numbers, 1
    nulls = int(numbers.null_count() > 0)
    if high - low + 1 + nulls > _ROOM:
        numbers, count = _packed(numbers.fill_null(low - 1) if nulls else numbers)
        return numbers, count
    shifted = numbers - (low - nulls)
    return (shifted.fill_null(0) if nulls else shifted), high - low + 1 + nulls


def _packed(key: pl.Series) -> tuple[pl.Series, int]:
    """The same distinctions in numbers as small as their count."""
    each = key.unique()
    return _place(key, each), max(len(each), 1)


def _place(key: pl.Series, each: pl.Series) -> pl.Series:
    places = pl.DataFrame({"key": each, "place": pl.int_range(len(each), eager=True)})
    found = key.alias("key").to_frame().join(places, on="key", how="left", maintain_order="left")
    return found.get_column("place")
