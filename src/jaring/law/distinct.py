"""Distinct rows: each combination that occurs is worked on once, however many rows share it."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import polars as pl

#: Keys stay below this, so that one more column still fits in a signed 64-bit number.
_ROOM = 2**62
#: Rows from which a part is worth its own handling.
_LARGE = 4_096
#: Rows looked at to guess the words of a text column, and how many words are still worth comparing with.
_LOOK, _FEW = 1_000, 12
#: One in so many rows of a look being new is many.
_MOST = 2


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


def various(column: pl.Series) -> bool:
    """Whether a column of numbers seems to say something else in most rows."""
    found = column.gather_every(max(len(column) // _LOOK, 1)).drop_nulls()
    return len(found) > _LARGE // _FEW and found.n_unique() * _MOST > len(found)


def _key(frame: pl.DataFrame) -> pl.Series:
    """One number for each row, the same for equal rows and only for them."""
    if frame.is_empty() or not frame.width:
        return _nothing(frame.height)
    texts = [name for name, kind in frame.schema.items() if kind == pl.String()]
    words = {name: _words(frame.get_column(name)) for name in texts}
    if all(found is not None for found in words.values()):
        codes = {name: _by_words(frame, name, found) for name, found in words.items() if found is not None}
        key = _summed(frame, codes)
        if not key.null_count():
            return key
    # A word that the look did not meet: every text by its own list of words.
    return _summed(frame.with_columns(pl.col(texts).cast(pl.Categorical(pl.Categories.random()))), {})


def _summed(frame: pl.DataFrame, coded: dict[str, tuple[pl.Expr, int]]) -> pl.Series:
    """The columns' codes in one number; ``coded`` has those of the text columns and how many they are."""
    plain = [name for name in frame.columns if name not in coded]
    numbers = frame.with_columns(pl.col(plain).to_physical().cast(pl.Int64()))
    stats = _stats(numbers.select(plain)) if plain else {}
    parts: list[pl.Expr] = []
    size = 1
    for name in frame.columns:
        code, count = coded[name] if name in coded else _shifted(name, *stats[name])
        if count == 1:
            continue
        if count > _ROOM // size:
            return _too_wide(numbers, coded)
        parts.append((code * size).alias(f"code:{name}"))
        size *= count
    if not parts:
        return _nothing(frame.height)
    # Apart first, so that the columns are coded side by side.
    codes = numbers.select(parts)
    return codes.select(key=reduce(add, map(pl.col, codes.columns))).to_series()


def _stats(numbers: pl.DataFrame) -> dict[str, tuple[int | None, int | None, bool]]:
    row = numbers.select(
        pl.all().min().name.prefix("low:"), pl.all().max().name.prefix("high:"), pl.all().null_count()
    ).row(0, named=True)
    return {name: (row[f"low:{name}"], row[f"high:{name}"], row[name] > 0) for name in numbers.columns}


def _shifted(name: str, low: int | None, high: int | None, nulls: bool) -> tuple[pl.Expr, int]:
    """A column of numbers counted from 0, null first, and how many numbers that may be."""
    if low is None or high is None:
        return pl.lit(0, pl.Int64()), 1
    shifted = pl.col(name) - (low - nulls)
    return (shifted.fill_null(0) if nulls else shifted), high - low + 1 + nulls


def _too_wide(numbers: pl.DataFrame, coded: dict[str, tuple[pl.Expr, int]]) -> pl.Series:
    """Ranges too wide for one number together: column by column, each step as small as its count."""
    key = _nothing(numbers.height)
    for name in numbers.columns:
        code = _packed(numbers.select(coded[name][0] if name in coded else name).to_series())
        key = _packed(key * (len(code.unique()) + 1) + code)
    return key


def _words(column: pl.Series) -> list[str] | None:
    """The few words that a text column seems to consist of; None when they are many."""
    found = column.gather_every(max(len(column) // _LOOK, 1)).unique().drop_nulls()
    return found.sort().to_list() if len(found) <= _FEW else None


def _by_words(frame: pl.DataFrame, name: str, words: list[str]) -> tuple[pl.Expr, int]:
    """The place of each row's word among ``words``, null last; nothing where it is another word."""
    # Small numbers while there are many of them: half the time goes into moving them about.
    chain: Any = pl
    for place, word in enumerate(words):
        chain = chain.when(pl.col(name) == word).then(pl.lit(place, pl.UInt8()))
    if chain is pl or frame.get_column(name).null_count():
        chain = chain.when(pl.col(name).is_null()).then(pl.lit(len(words), pl.UInt8()))
    return chain.otherwise(pl.lit(None, pl.UInt8())).cast(pl.Int64()), len(words) + 1


def _nothing(height: int) -> pl.Series:
    return pl.zeros(height, dtype=pl.Int64(), eager=True).alias("key")


def _packed(key: pl.Series) -> pl.Series:
    """The same distinctions in numbers as small as their count."""
    return _place(key, key.unique()).cast(pl.Int64())


def _place(key: pl.Series, each: pl.Series) -> pl.Series:
    places = pl.DataFrame({"key": each, "place": pl.int_range(len(each), dtype=pl.UInt32(), eager=True)})
    found = (
        key.alias("key")
        .to_frame()
        .join(places, on="key", how="left", maintain_order="left", nulls_equal=True)
    )
    return found.get_column("place")
