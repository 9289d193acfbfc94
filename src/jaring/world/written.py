"""A list's rows as the office typed them: names, NIKs, dates, places and phones with their errors."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

from jaring.facts.month import NAMES
from jaring.facts.region import Region
from jaring.world import numbers_written, rates, spelling
from jaring.world.dice import one

#: Months as old typewriters' hands still spell them.
_OLD_MONTHS = {"Februari": "Pebruari", "November": "Nopember", "Agustus": "Agust", "Desember": "Des"}
#: How offices write a date.
DATE_STYLES = ["excel", "dmy-", "dmy/", "iso", "indo", "serial", "mdy/"]


def typed(
    rng: np.random.Generator,
    rows: pl.DataFrame,
    region: Region,
    kind: str,
    *,
    case: str = "upper",
    mothers: bool = False,
) -> pl.DataFrame:
    """``rows`` and beside the truth what was typed: ``t_nik`` (text), ``t_numeric``, ``t_name``, ``t_birth``
    (date), ``t_mother``, ``t_phone``, ``t_desa``, ``t_kecamatan``, ``nik_fault``, ``birth_fault``."""
    quality = rates.QUALITY[kind]
    niks = numbers_written.niks(rng, rows["nik"], rows["head_nik"], quality)
    births = numbers_written.births(rng, rows["birth_date"], quality)
    mother = rows.select(
        name="mother_name", male=pl.lit(False), haji=pl.lit(False), degree=pl.lit(None, dtype=pl.String)
    )
    return rows.with_columns(
        t_nik=niks["nik_cell"],
        t_numeric=niks["nik_numeric"],
        nik_fault=niks["nik_fault"],
        t_name=spelling.cased(spelling.names(rng, rows, quality), case),
        t_birth=births["birth_stated"],
        birth_fault=births["birth_fault"],
        t_mother=spelling.cased(spelling.names(rng, mother, quality), case) if mothers else None,
        t_phone=_phones(rng, rows["phone"]),
        t_desa=_places(rng, rows["desa"], region, case, kind=rows["unit_kind"], quality=quality),
        t_kecamatan=_places(rng, rows["kecamatan"], region, case, kind=None, quality=quality),
    )


def recased(rows: pl.DataFrame, case: str) -> pl.DataFrame:
    """Rows typed in capitals, as one clerk among many types them."""
    if case == "upper":
        return rows
    places = [pl.col(c).str.to_titlecase() for c in ("t_desa", "t_kecamatan")]
    return rows.with_columns(spelling.cased(rows["t_name"], case).alias("t_name"), *places)


def nik_cells(rows: pl.DataFrame, *, whole_column_numeric: bool = False) -> list[Any]:
    """NIKs for a workbook: text, or a true number where Excel made one of it."""
    cells: list[Any] = rows["t_nik"].to_list()
    numeric = rows["t_numeric"].to_list()
    if not whole_column_numeric:
        return [int(c) if n and c else c for c, n in zip(cells, numeric, strict=True)]
    # The clerk formatted nothing: all that looks like a number became one.
    return [int(c[:15].ljust(len(c), "0")) if c and c.isdigit() else c for c in cells]


def csv_niks(rows: pl.DataFrame) -> pl.Series:
    """NIKs for a CSV: what Excel saved of a number is ``5,20311E+15``."""
    number = pl.col("t_nik").cast(pl.Float64, strict=False) / 1e15
    shown = pl.concat_str(number.round(5).cast(pl.String).str.replace(".", ",", literal=True), pl.lit("E+15"))
    return rows.select(t=pl.when("t_numeric").then(shown).otherwise(pl.col("t_nik"))).to_series()


def whole_column(rows: pl.DataFrame) -> pl.DataFrame:
    """The faults of a list whose NIK column Excel took for numbers."""
    became = pl.col("t_nik").str.contains(r"^\d{16,}$").fill_null(False)
    return rows.with_columns(
        nik_fault=pl.when(became).then(pl.lit("nik_numeric")).otherwise(pl.col("nik_fault"))
    )


def date_cells(rng: np.random.Generator, days: pl.Series, style: str) -> list[Any]:
    """Dates in one of ``DATE_STYLES``; ``mixed`` changes hands every few dozen rows."""
    if style == "mixed":
        few = ["excel", "dmy-", "dmy/", "indo"]
        out: list[Any] = []
        for start in range(0, len(days), 37):
            out += date_cells(rng, days.slice(start, 37), one(rng, few))
        return out
    if style == "excel":
        return days.to_list()
    if style == "serial":
        return (days.cast(pl.Int32).cast(pl.Int64) + 25_569).to_list()
    if style == "indo":
        return [_in_words(day, n) for n, day in enumerate(days.to_list())]
    form = {"dmy-": "%d-%m-%Y", "dmy/": "%d/%m/%Y", "iso": "%Y-%m-%d", "mdy/": "%m/%d/%Y"}[style]
    return days.dt.strftime(form).to_list()


def place_and_date(places: pl.Series, dates: list[Any], mark: str = ", ") -> list[str | None]:
    """Birthplace and date in one cell."""
    texts = [d.strftime("%d-%m-%Y") if isinstance(d, dt.date) else d for d in dates]
    return [p if d is None else f"{p.title()}{mark}{d}" for p, d in zip(places.to_list(), texts, strict=True)]


def _in_words(day: dt.date | None, n: int) -> str | None:
    if day is None:
        return None
    month = NAMES[day.month - 1]
    return f"{day.day} {_OLD_MONTHS.get(month, month) if n % 3 == 0 else month} {day.year}"


def _phones(rng: np.random.Generator, phones: pl.Series) -> pl.Series:
    """0819…, 62819…, with dashes, or without the 0 that Excel ate."""
    turn = pl.Series(rng.integers(0, 12, len(phones)))
    phone = pl.col("p")
    cell = (
        pl.when(pl.col("n") == 0)
        .then(pl.concat_str(pl.lit("+62"), phone.str.slice(1)))
        .when(pl.col("n") == 1)
        .then(pl.concat_str(phone.str.slice(0, 4), phone.str.slice(4, 4), phone.str.slice(8), separator="-"))
        .when(pl.col("n") == 2)
        .then(phone.str.slice(1))
        .otherwise(phone)
    )
    return pl.DataFrame({"p": phones, "n": turn}).select(p=cell).to_series()


def _places(
    rng: np.random.Generator,
    names: pl.Series,
    region: Region,
    case: str,
    *,
    kind: pl.Series | None,
    quality: float,
) -> pl.Series:
    """Villages and kecamatan: other spellings, 'Ds.' in front, a letter missing, none at all."""
    size = len(names)
    dice = rng.random(size)
    frame = pl.DataFrame(
        {"name": names, "dice": dice, "kind": kind if kind is not None else pl.Series(["kecamatan"] * size)}
    )
    name = pl.col("name")
    known = pl.col("alias") & name.is_in(list(region.aliases))
    frame = frame.with_columns(
        alias=pl.Series(rng.random(size) < 0.5),
        at=pl.Series(rng.integers(2, 6, size)),
        front=pl.Series(rng.integers(0, 3, size)),
    ).with_columns(name=pl.when(known).then(name.replace(region.aliases)).otherwise(name))
    titles = {
        "desa": ["Ds. ", "Desa ", "Ds "],
        "kelurahan": ["Kel. ", "Kelurahan ", "Kel "],
        "kecamatan": ["Kec. ", "Kecamatan ", "Kec "],
    }
    table = pl.DataFrame(
        [(k, n, word) for k, forms in titles.items() for n, word in enumerate(forms)],
        schema=["kind", "front", "word"],
        orient="row",
    )
    frame = frame.join(table, on=["kind", "front"], how="left", maintain_order="left")
    titled, misspelt, absent = (
        rates.rate(c) * quality for c in ("place_titled", "place_misspelt", "place_absent")
    )
    cell = (
        pl.when(pl.col("dice") < absent)
        .then(None)
        .when(pl.col("dice") < absent + misspelt)
        .then(pl.concat_str(name.str.slice(0, pl.col("at")), name.str.slice(pl.col("at") + 1)))
        .when(pl.col("dice") < absent + misspelt + titled)
        .then(pl.concat_str("word", name))
        .otherwise(name)
    )
    written = frame.select(name=cell).to_series()
    return written.str.to_uppercase() if case == "upper" else written
