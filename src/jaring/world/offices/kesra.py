"""Bagian Kesra: marbot and guru ngaji, of whom every sixth differs from the register of residents."""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.world import wordlists
from jaring.world.dice import dice, words
from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency
from jaring.world.written import date_cells, nik_cells, place_and_date, typed

_HEADER = [
    "NO",
    "NAMA",
    "NIK",
    "TEMPAT/TGL LAHIR",
    "ALAMAT",
    "DESA/KELURAHAN",
    "KECAMATAN",
    "JENIS",
    "NAMA MASJID/TPQ",
    "NO HP",
    "INSENTIF",
]
#: Rp250,000 a month (selaparangnews 2025-12).
_INCENTIVE = 250_000


def write(regency: Regency, inbox: Inbox) -> None:
    """One workbook, all kecamatan."""
    rng = dice(regency.seed, "kesra")
    rows = typed(rng, regency.rows("keagamaan"), regency.region, "keagamaan")
    rows = mismatched(rng, rows, regency).sort("kecamatan_code", "desa_code", maintain_order=True)
    count = rows.height
    place = words(rng, wordlists.MOSQUES, count, 0.2).str.replace_all("-", " ").to_list()
    marbot = (rows["kind"] == "marbot").to_list()
    cells = zip(
        range(1, count + 1),
        rows["t_name"].to_list(),
        nik_cells(rows),
        place_and_date(rows["birth_place"], date_cells(rng, rows["t_birth"], "dmy-")),
        rows["dusun"].to_list(),
        rows["t_desa"].to_list(),
        rows["t_kecamatan"].to_list(),
        ["Marbot" if m else "Guru Ngaji" for m in marbot],
        [f"{'Masjid' if m else 'TPQ'} {p.title()}" for m, p in zip(marbot, place, strict=True)],
        rows["t_phone"].to_list(),
        [_INCENTIVE] * count,
        strict=True,
    )
    with Book(inbox, "kesra", "Data Marbot dan Guru Ngaji 2026.xlsx", count) as book:
        book.sheet(
            "MARBOT GURU NGAJI",
            _HEADER,
            cells,
            rows["person"],
            titles=["DATA MARBOT DAN GURU NGAJI KABUPATEN LOMBOK TIMUR", "TAHUN 2026"],
            faults=rows,
        )
    inbox.announce(book.path, kind="keagamaan", as_of="2026-02-01")


def mismatched(rng: np.random.Generator, rows: pl.DataFrame, regency: Regency) -> pl.DataFrame:
    """For a sixth of the list: another birth date, a NIK with a wrong serial, or a name nobody registered."""
    count = rows.height
    kind = pl.Series(rng.integers(0, 3, count))
    shifted = rows["t_birth"].dt.offset_by("-1y").dt.offset_by("47d")
    serial = pl.concat_str(
        pl.col("nik").str.slice(0, 12), pl.lit(pl.Series(rng.integers(9500, 9999, count))).cast(pl.String)
    )
    stranger = regency.people["name"].gather(rng.integers(0, regency.people.height, count))
    off = pl.col("mismatch")
    return rows.with_columns(
        t_birth=pl.when(off & (kind == 0)).then(shifted).otherwise(pl.col("t_birth")),
        birth_fault=pl.when(off & (kind == 0)).then(pl.lit("adminduk")).otherwise(pl.col("birth_fault")),
        t_nik=pl.when(off & (kind == 1)).then(serial).otherwise(pl.col("t_nik")),
        t_numeric=pl.when(off & (kind == 1)).then(False).otherwise(pl.col("t_numeric")),
        nik_fault=pl.when(off & (kind == 1)).then(pl.lit("adminduk")).otherwise(pl.col("nik_fault")),
        t_name=pl.when(off & (kind == 2)).then(stranger).otherwise(pl.col("t_name")),
    )
