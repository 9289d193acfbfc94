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
_PARTS = (
    r"^(?:[A-Za-z']+, ?)?([0-9]{1,4})[\s\-/.,]+([A-Za-z]{3,12}|[0-9]{1,2})[\s\-/.,]+([0-9]{2,4})"
    r"(?:[ T][0-9:.+Z]*)?$"
)
#: Excel counts days from here (it believes that 1900 had a 29 February).
_EPOCH = -25_569  # 30 December 1899, in days from 1 January 1970
#: Day numbers of 1920 to 2099. Smaller ones may be years; a year alone is no date.
_SERIAL = (7306, 73050)
_READINGS = ("only_turned", "only_straight", "either", "straight", "swapped", "serial", "month")


def read_dates(frame: pl.DataFrame, turns: dict[str, int], months: dict[str, str]) -> pl.DataFrame:
    """For each text column of ``turns``: ``<name>_date``, and ``<name>_turned`` where day and month stood
    the other way round and only one reading exists.

    Day first, as Indonesian lists write it. Two-digit years above the column's turn are of the 1900s.
    ``months``: which day (first, last) a cell that names a month alone means in a column.
    """
    for name, turn in turns.items():
        # A long list holds each date many times: its text is read once.
        read = _read(frame.select(pl.col(name).drop_nulls().unique()), name, turn, months.get(name))
        frame = frame.join(read, on=name, how="left", maintain_order="left")
        frame = _in_turn(frame, name)
    return frame


def _read(distinct: pl.DataFrame, name: str, turn: int, day: str | None) -> pl.DataFrame:
    """What each text can mean: straight, turned about, as a number, as a month; and what it allows."""
    steps = distinct.lazy().with_columns(
        pl.col(name).str.strip_chars(" '`’\u00a0").str.extract_groups(_PARTS).alias(f"_{name}_p")
    )
    for made in (_parts, _numbers):
        steps = steps.with_columns(part.alias(f"_{name}_{to}") for to, part in made(name).items())
    return steps.select(
        pl.col(name), *(part.alias(f"_{name}_{to}") for to, part in _readings(name, turn, day).items())
    ).collect(engine="in-memory")


def _in_turn(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    only_turned, only_straight, either = (
        pl.col(f"_{name}_{to}").fill_null(False) for to in ("only_turned", "only_straight", "either")
    )
    # A table that was typed month first throughout shows it in the dates that allow one reading only.
    american = only_turned.sum().over("block") > 4 * only_straight.sum().over("block")
    frame = frame.with_columns((only_turned | (american & either)).alias(f"{name}_turned"))
    turned = pl.col(f"{name}_turned")
    written = pl.when(turned).then(f"_{name}_swapped").otherwise(f"_{name}_straight")
    date = pl.coalesce(written, f"_{name}_serial")
    sane = date.is_between(dt.date(1850, 1, 1), dt.date(2200, 1, 1))
    return frame.with_columns(
        pl.coalesce(pl.when(sane).then(date), f"_{name}_month").alias(f"{name}_date"),
        (turned & written.is_not_null()).alias(f"{name}_turned"),
    ).drop(f"_{name}_{to}" for to in _READINGS)


def _parts(name: str) -> dict[str, pl.Expr]:
    """The three texts of a date in the order written; eight digits without marks are cut up first."""
    cell, found = pl.col(name).str.strip_chars(" '`’\u00a0"), pl.col(f"_{name}_p").struct
    packed = cell.str.contains(r"^[0-9]{8}$")
    day_first = packed & cell.str.contains(r"^[0-9]{2}(0[1-9]|1[0-2])(19|20)[0-9]{2}$")
    cuts = {"a": (0, 2, 0, 4), "b": (2, 2, 4, 2), "c": (4, 4, 6, 2)}
    return {
        to: pl.when(day_first)
        .then(cell.str.slice(own[0], own[1]))
        .when(packed)
        .then(cell.str.slice(own[2], own[3]))
        .otherwise(found.field(str(place)))
        for place, (to, own) in enumerate(cuts.items(), start=1)
    }


def _numbers(name: str) -> dict[str, pl.Expr]:
    first, middle, last = (pl.col(f"_{name}_{to}") for to in "abc")
    year_first = first.str.len_bytes() == 4
    month = middle.str.to_lowercase().replace_strict(_MONTHS, default=None, return_dtype=pl.Int32)
    return {
        "d": pl.when(year_first).then(last).otherwise(first).cast(pl.Int32, strict=False),
        "m": pl.coalesce(middle.cast(pl.Int32, strict=False), month),
        "y": pl.when(year_first).then(first).otherwise(last).cast(pl.Int32, strict=False),
    }


def _readings(name: str, turn: int, day_of_month: str | None) -> dict[str, pl.Expr]:
    cell, day, month, year = pl.col(name), *(pl.col(f"_{name}_{to}") for to in "dmy")
    in_order = pl.col(f"_{name}_a").str.len_bytes() < 4
    full = pl.when(year > 99).then(year).when(year > turn).then(year + 1900).otherwise(year + 2000)

    def written(day: pl.Expr, month: pl.Expr) -> pl.Expr:
        parts = (part.cast(pl.String) for part in (full, month, day))
        return pl.concat_str(*parts, separator="-").str.to_date("%Y-%m-%d", strict=False)

    days = (
        pl.when(cell.str.contains(r"^[0-9]{4,5}(\.[0-9]+)?$"))
        .then(cell)
        .cast(pl.Float64, strict=False)
        .floor()
        .cast(pl.Int32, strict=False)
    )
    alone = _month(name, day_of_month) if day_of_month else pl.lit(None, dtype=pl.Date)
    return {
        "only_turned": (month > 12) & (day <= 12) & in_order,
        "only_straight": (day > 12) & (month <= 12) & in_order,
        "either": (day <= 12) & (month <= 12) & in_order,
        "straight": written(day, month),
        "swapped": written(month, day),
        "serial": pl.when(days.is_between(*_SERIAL)).then(days + _EPOCH).cast(pl.Date),
        "month": alone,
    }


def _month(name: str, day: str) -> pl.Expr:
    """``Juli 2026``, ``07/2026``, ``2026-07``."""
    cell = pl.col(name).str.strip_chars()
    word = cell.str.extract(r"^([A-Za-z]{3,12}|[0-9]{1,2})[\s\-/.,]+[0-9]{4}$").str.to_lowercase()
    number = pl.coalesce(
        word.cast(pl.Int32, strict=False),
        word.replace_strict(_MONTHS, default=None, return_dtype=pl.Int32),
        cell.str.extract(r"^[0-9]{4}[\s\-/.,]+([0-9]{1,2})$").cast(pl.Int32, strict=False),
    )
    year = cell.str.extract(r"([0-9]{4})")
    first = pl.concat_str(year, number.cast(pl.String), pl.lit("1"), separator="-").str.to_date(
        "%Y-%m-%d", strict=False
    )
    return first if day == "first" else first.dt.month_end()


def birth_place_of(cell: pl.Expr) -> pl.Expr:
    """``SELONG, 12-03-1980`` → ``SELONG``."""
    place = cell.str.replace(r"[0-9].*$", "").str.strip_chars(" ,;/.-–:")
    return pl.when(place.str.len_chars() > 1).then(place)


def birth_date_of(cell: pl.Expr) -> pl.Expr:
    """``SELONG, 12-03-1980`` → ``12-03-1980``, still text."""
    return cell.str.extract(
        r"([0-9]{1,4}[\s\-/.,]*(?:[A-Za-z]{3,12}|[0-9]{1,2})[\s\-/.,]+[0-9]{2,4}|[0-9]{4,8})\s*$"
    ).str.strip_chars()
