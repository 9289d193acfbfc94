"""A checked frame made ready for the table: what must not lie open is sealed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import polars as pl

from jaring.tables.secrets import decrypt_column, encrypt_column

#: Sealed together in one JSON per row.
SEALED = ("nik_raw", "nik", "no_kk", "phone", "mother_name")
_JSON = pl.Struct(dict.fromkeys(SEALED, pl.String))


def _contexts(frame: pl.DataFrame) -> pl.Series:
    return frame.select(pl.format("rosters.row:{}:{}:{}", "sha256", "sheet", "row_no")).to_series()


def seal_alike(lists: Sequence[tuple[pl.DataFrame, str]]) -> list[pl.DataFrame]:
    """As ``seal`` for each list and its SHA-256; a pass over many costs little more than over one."""
    heights = [rows.height for rows, _ in lists]
    shas = pl.Series([sha256 for _, sha256 in lists], dtype=pl.String)
    files = shas.repeat_by(pl.Series(heights, dtype=pl.UInt32)).explode()
    sealed = _sealed(pl.concat([rows for rows, _ in lists]).with_columns(files.alias("sha256")))
    ends = itertools.accumulate(heights)
    return [sealed.slice(end - height, height) for end, height in zip(ends, heights, strict=True)]


def seal(rows: pl.DataFrame, sha256: str) -> pl.DataFrame:
    """Columns of the table ``rosters_row`` but id and roster. ``nik_raw`` is kept only where it says more."""
    return seal_alike([(rows, sha256)])[0]


def _sealed(rows: pl.DataFrame) -> pl.DataFrame:
    raw = pl.when(pl.col("nik_raw") != pl.col("nik").fill_null("")).then("nik_raw").alias("nik_raw")
    any_said = pl.any_horizontal(pl.col(name).is_not_null() for name in SEALED)
    parts = [raw, *(pl.col(name) for name in SEALED[1:])]
    text = rows.select(pl.when(any_said).then(pl.struct(parts).struct.json_encode())).to_series()
    return rows.drop(*SEALED, "sha256").with_columns(
        encrypt_column(text, _contexts(rows)).alias("secret"),
    )


def unseal(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the columns of ``SEALED`` opened in memory. Needs sha256, sheet, row_no, secret."""
    text = decrypt_column(frame["secret"], _contexts(frame))
    opened = pl.DataFrame({"j": text}).select(pl.col("j").str.json_decode(_JSON)).unnest("j")
    columns = [opened[name] for name in SEALED[1:]]
    raw = pl.select(pl.coalesce(opened["nik_raw"], opened["nik"]).alias("nik_raw")).to_series()
    return frame.drop("secret").with_columns(raw, *columns)
