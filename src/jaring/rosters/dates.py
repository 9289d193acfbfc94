"""Dates as lists hold them: real dates, text in many spellings, and Excel's day numbers."""

from __future__ import annotations

import datetime as dt

import polars as pl

_MONTHS = {
    "jan": 1, "januari": 1, "january": 1, "jänuari": 1,
    "feb": 2, "peb": 2, "februari": 2, "pebruari": 2, "february": 2, "febuari": 2,
    "mar": 3, "mrt": 3, "maret": 3, "march": 3,
    "apr": 4, "april": 4,
    "mei": 5, "may": 5,
    "jun": 6, "juni": 6, "june": 6,
    "jul": 7, "juli": 7, "july": 7,
    "agu": 8, "ags": 8, "agt": 8, "aug": 8, "agust": 8, "agustus": 8, "august": 8,
    "sep": 9, "sept": 9, "september": 9,
    "okt": 10, "oct": 10, "oktober": 10, "october": 10,
    "nov": 11, "nop": 11, "november": 11, "nopember": 11,
    "des": 12, "dec": 12, "desember": 12, "december": 12,
}  # fmt: skip
_PARTS = r"^(?:[A-Za-z']+, ?)?([0-9]{1,4})[\s\-/.,]+([A-Za-z]{3,12}|[0-9]{1,2})[\s\-/.,]+([0-9]{2,4})(?:[ T][0-9:.+Z]*)?$"
#: Excel counts days from here (it believes that 1900 had a 29 February).
_EPOCH = dt.date(1899, 12, 30)
#: Day numbers of 1920 to 2099. Smaller ones may be years; a year alone is no date.
_SERIAL = (7306, 73050)


def read_dates(cells: pl.Series, turn: int = 26) -> pl.DataFrame:
    """``date``, and ``turned``: day and month stood the other way round and only one reading exists.

    Day first, as Indonesian lists write it. Two-digit years above ``turn`` are of the 1900s.
    """
    frame = cells.alias("cell").to_frame().select(pl.col("cell").str.strip_chars(" '`’\u00a0"))
    frame = frame.with_columns(p=pl.col("cell").str.extract_groups(_PARTS)).select(
        "cell",
        a=pl.col("p").struct.field("1"),
        b=pl.col("p").struct.field("2").str.to_lowercase(),
        c=pl.col("p").struct.field("3"),
    )
    # Eight digits without marks: day first, else year first.
    packed = pl.col("cell").str.contains(r"^[0-9]{8}$") & pl.col("a").is_null()
    day_first = (
        packed
        & pl.col("cell").str.slice(4, 2).is_in(["19", "20"])
        & pl.col("cell").str.slice(2, 2).is_in([f"{m:02d}" for m in range(1, 13)])
    )
    frame = frame.with_columns(
        a=pl.when(day_first)
        .then(pl.col("cell").str.slice(0, 2))
        .when(packed)
        .then(pl.col("cell").str.slice(0, 4))
        .otherwise("a"),
        b=pl.when(day_first)
        .then(pl.col("cell").str.slice(2, 2))
        .when(packed)
        .then(pl.col("cell").str.slice(4, 2))
        .otherwise("b"),
        c=pl.when(day_first)
        .then(pl.col("cell").str.slice(4, 4))
        .when(packed)
        .then(pl.col("cell").str.slice(6, 2))
        .otherwise("c"),
    )
    year_first = pl.col("a").str.len_bytes() == 4
    frame = frame.with_columns(
        d=pl.when(year_first).then("c").otherwise("a").cast(pl.Int32, strict=False),
        m=pl.coalesce(
            pl.col("b").cast(pl.Int32, strict=False),
            pl.col("b").replace_strict(_MONTHS, default=None, return_dtype=pl.Int32),
        ),
        y=pl.when(year_first).then("a").otherwise("c").cast(pl.Int32, strict=False),
    )
    turned = (pl.col("m") > 12) & (pl.col("d") <= 12) & ~year_first.fill_null(False)
    frame = frame.with_columns(
        turned=turned.fill_null(False),
        d=pl.when(turned).then("m").otherwise("d"),
        m=pl.when(turned).then("d").otherwise("m"),
        y=pl.when(pl.col("y") > 99)
        .then("y")
        .when(pl.col("y") > turn)
        .then(pl.col("y") + 1900)
        .otherwise(pl.col("y") + 2000),
    )
    written = pl.concat_str(
        pl.col("y").cast(pl.String),
        pl.lit("-"),
        pl.col("m").cast(pl.String),
        pl.lit("-"),
        pl.col("d").cast(pl.String),
    ).str.to_date("%Y-%m-%d", strict=False)
    days = pl.when(pl.col("cell").str.contains(r"^[0-9]{4,5}(\.[0-9]+)?$")).then(
        pl.col("cell").cast(pl.Float64, strict=False).floor().cast(pl.Int32, strict=False)
    )
    serial = pl.when(days.is_between(*_SERIAL)).then(pl.lit(_EPOCH) + pl.duration(days=days)).cast(pl.Date)
    date = pl.coalesce(written, serial)
    sane = date.is_between(dt.date(1850, 1, 1), dt.date(2200, 1, 1))
    return frame.select(date=pl.when(sane).then(date), turned=pl.col("turned") & written.is_not_null())


def split_birth(cells: pl.Series) -> pl.DataFrame:
    """``SELONG, 12-03-1980`` → place and date text. A cell of one part goes where it belongs."""
    cell = pl.col("cell")
    date = cell.str.extract(
        r"([0-9]{1,4}[\s\-/.,]*(?:[A-Za-z]{3,12}|[0-9]{1,2})[\s\-/.,]+[0-9]{2,4})\s*$|([0-9]{4,8})\s*$", 0
    )
    place = cell.str.replace(r"[0-9].*$", "").str.strip_chars(" ,;/.-–:")
    return (
        cells.alias("cell")
        .to_frame()
        .select(place=pl.when(place.str.len_chars() > 1).then(place), date=date.str.strip_chars())
    )
