"""A checked frame made ready for the table: what must not lie open is sealed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import polars as pl

from jaring.tables.secrets import decrypt_column, encrypt_column

#: Sealed together in one JSON per row.
SEALED = ("nik_raw", "nik", "no_kk", "phone", "mother_name")
_SIGNS = r'["\\\x00-\x1f\x7f]'
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
    return rows.drop(*SEALED, "sha256").with_columns(
        encrypt_column(_json(rows), _contexts(rows)).alias("secret"),
    )


def _json(rows: pl.DataFrame) -> pl.Series:
    """What is said of ``SEALED`` and no more, for it travels and is kept as digits, two a byte."""
    raw = pl.when(pl.col("nik_raw") != pl.col("nik").fill_null("")).then("nik_raw").alias("nik_raw")
    said = rows.select(raw, *SEALED[1:])
    plain = pl.concat_str(
        (pl.format(f'"{name}":"{{}}"', name) for name in SEALED), separator=",", ignore_nulls=True
    )
    whole = pl.concat_str(pl.lit("{"), plain, pl.lit("}"))
    text = said.lazy().select(pl.when(plain != "").then(whole)).collect(engine="in-memory").to_series()
    # The other three are digits; of these hardly one has a sign that JSON writes otherwise.
    signs = pl.any_horizontal(pl.col("nik_raw", "mother_name").str.contains(_SIGNS).fill_null(False))
    odd = said.select(signs).to_series().arg_true()
    if len(odd):
        text = text.scatter(odd, said[odd].select(pl.struct(SEALED).struct.json_encode()).to_series())
    return text


def unseal(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the columns of ``SEALED`` opened in memory. Needs sha256, sheet, row_no, secret."""
    text = decrypt_column(frame["secret"], _contexts(frame))
    opened = pl.DataFrame({"j": text}).select(pl.col("j").str.json_decode(_JSON)).unnest("j")
    columns = [opened[name] for name in SEALED[1:]]
    raw = pl.select(pl.coalesce(opened["nik_raw"], opened["nik"]).alias("nik_raw")).to_series()
    return frame.drop("secret").with_columns(raw, *columns)
