"""Distinct rows: each combination that occurs is worked on once, however many rows share it."""

from __future__ import annotations

import polars as pl

#: Keys stay below this, so that one more column still fits in a signed 64-bit number.
_ROOM = 2**62
#: Rows from which a part is worth its own handling.
_LARGE = 4_096


def distinct(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The first row of each distinct combination, and for every row its combination's place among them.

    ``frame[first][place]`` equals ``frame``. Columns are dates, whole numbers, yes/no or text.
    """
    key = _key(frame)
    first = key.arg_unique()
    return first, _place(key, key.gather(first))


def worthwhile(frame: pl.DataFrame, column: str) -> list[pl.DataFrame]:
    """The frame parted by a column where the parts are large: what is one value needs no comparing."""
    if frame.get_column(column).n_unique() * _LARGE > frame.height:
        return [frame]
    return frame.partition_by(column)


def _key(frame: pl.DataFrame) -> pl.Series:
    """One number for each row, the same for equal rows and only for them."""
    nothing = pl.zeros(frame.height, dtype=pl.Int64(), eager=True).alias("key")
    numbers = _numbers(frame)
    if not numbers.width or not numbers.height:
        return nothing
    stats = numbers.select(
        pl.all().min().name.prefix("low:"), pl.all().max().name.prefix("high:"), pl.all().null_count()
    ).row(0, named=True)
    parts: list[pl.Expr] = []
    size = 1
    for name in numbers.columns:
        low, high, nulls = stats[f"low:{name}"], stats[f"high:{name}"], int(stats[name] > 0)
        if low is None or (low == high and not nulls):
            continue
        count = high - low + 1 + nulls
        if count > _ROOM // size:
            # Too wide for one number: what there is so far, and this column, as small as their counts.
            key = numbers.select(key=pl.sum_horizontal(parts)).to_series() if parts else nothing
            return _key(
                pl.DataFrame({"key": _packed(key), "more": _packed(numbers[name])}).hstack(
                    numbers.select(numbers.columns[numbers.columns.index(name) + 1 :])
                )
            )
        code = pl.col(name) - (low - nulls)
        parts.append((code.fill_null(0) if nulls else code) * size)
        size *= count
    return numbers.select(key=pl.sum_horizontal(parts)).to_series() if parts else nothing


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns as whole numbers, without the texts that say the same in every row."""
    made = []
    for name, kind in frame.schema.items():
        one = pl.col(name)
        if kind == pl.String():
            if _says_one_thing(frame.get_column(name)):
                continue
            # A name space of its own: what one call has seen is forgotten with it.
            one = one.cast(pl.Categorical(pl.Categories.random()))
        made.append(one.to_physical().cast(pl.Int64()))
    return frame.select(made)


def _says_one_thing(column: pl.Series) -> bool:
    """Whether a text column is the same throughout; asked of a few rows before it is asked of all."""
    if column.is_empty() or column.null_count():
        return column.null_count() == len(column)
    few = column.gather_every(max(len(column) // 8, 1))
    return few.n_unique() == 1 and bool((column == column[0]).all())


def _packed(key: pl.Series) -> pl.Series:
    """The same distinctions in numbers as small as their count."""
    return _place(key, key.unique())


def _place(key: pl.Series, each: pl.Series) -> pl.Series:
    places = pl.DataFrame({"key": each, "place": pl.int_range(len(each), eager=True)})
    found = (
        key.alias("key")
        .to_frame()
        .join(places, on="key", how="left", maintain_order="left", nulls_equal=True)
    )
    return found.get_column("place")
