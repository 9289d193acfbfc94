"""Dinas Koperasi: the register of micro enterprises and the recipients of the grant of 2025."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

from jaring.world import wordlists
from jaring.world.dice import dice, words
from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency
from jaring.world.written import date_cells, nik_cells, typed

_UMKM = [
    "No",
    "NIK",
    "Nama Pemilik",
    "Nama Usaha",
    "Jenis Usaha",
    "Alamat",
    "Desa/Kelurahan",
    "Kecamatan",
    "No HP",
    "Tanggal Lahir",
    "Omzet per Bulan",
]
_GRANT = [
    "NO",
    "NAMA PENERIMA",
    "NIK",
    "ALAMAT",
    "DESA",
    "KECAMATAN",
    "JENIS USAHA",
    "NO REKENING",
    "NILAI BANTUAN",
    "TANGGAL SALUR",
]
#: What traders sell, by the occupation that is true of them.
_TRADES = {
    "pengrajin tenun": "Tenun",
    "penjahit": "Konveksi/Jahit",
    "peternak": "Peternakan",
    "penjual makanan": "Kuliner",
    "pedagang": "Dagang",
    "nelayan": "Olahan Ikan",
    "tukang ojek": "Jasa Ojek",
    "sopir": "Jasa Angkutan",
}
_OTHER = ["Kios", "Kuliner", "Dagang Sayur", "Jajanan", "Warung", "Bengkel", "Sembako", "Kerajinan"]


def write(regency: Regency, inbox: Inbox) -> None:
    """The register (birth dates for some only) and the grants."""
    rng = dice(regency.seed, "koperasi")
    rows = typed(rng, regency.rows("umkm"), regency.region, "umkm", case="mixed")
    count = rows.height
    shop = words(rng, wordlists.SHOPS, count, 0.1).str.to_titlecase().to_list()
    dates = pl.select(pl.when(pl.Series(rng.random(count) < 0.35)).then(rows["t_birth"])).to_series()
    turnover: list[Any] = (rows["income_idr"].fill_null(1_000_000) * 3).to_list()
    cells = zip(
        range(1, count + 1),
        nik_cells(rows),
        rows["t_name"].to_list(),
        [f"UD {s}" if n % 5 else f"Usaha {s}" for n, s in enumerate(shop)],
        _trades(rng, rows),
        rows["dusun"].str.to_titlecase().to_list(),
        rows["t_desa"].to_list(),
        rows["t_kecamatan"].to_list(),
        rows["t_phone"].to_list(),
        date_cells(rng, dates, "dmy/"),
        turnover,
        strict=True,
    )
    with Book(inbox, "koperasi", "Data UMKM Lombok Timur.xlsx", count) as book:
        titles = ["DATA PELAKU USAHA MIKRO KABUPATEN LOMBOK TIMUR"]
        book.sheet("UMKM", _UMKM, cells, rows["person"], titles=titles, faults=rows)
    inbox.announce(book.path, kind="umkm", as_of="2026-01-31")
    _grants(rng, regency, inbox)


def _grants(rng: np.random.Generator, regency: Regency, inbox: Inbox) -> None:
    rows = typed(rng, regency.rows("hibah"), regency.region, "hibah")
    count = rows.height
    # Paid from 24 November 2025 (insidelombok).
    days = [dt.date(2025, 11, 24) + dt.timedelta(days=int(n)) for n in rng.integers(0, 30, count)]
    cells = zip(
        range(1, count + 1),
        rows["t_name"].to_list(),
        nik_cells(rows),
        rows["dusun"].to_list(),
        rows["t_desa"].to_list(),
        rows["t_kecamatan"].to_list(),
        _trades(rng, rows),
        [f"00••••••{n:04d}" for n in rng.integers(0, 9999, count)],
        rows["amount_idr"].to_list(),
        days,
        strict=True,
    )
    with Book(inbox, "koperasi", "Penerima bantuan modal usaha mikro 2025.xlsx", count) as book:
        titles = ["PENERIMA BANTUAN MODAL USAHA MIKRO TAHUN 2025"]
        book.sheet("PENERIMA", _GRANT, cells, rows["person"], titles=titles, faults=rows)
    inbox.announce(book.path, kind="hibah", as_of="2025-12-31")


def _trades(rng: np.random.Generator, rows: pl.DataFrame) -> list[str]:
    known = rows["occupation"].replace_strict(_TRADES, default=None, return_dtype=pl.String)
    other = words(rng, _OTHER, rows.height, 0.1)
    return pl.select(pl.coalesce(known, other)).to_series().to_list()
