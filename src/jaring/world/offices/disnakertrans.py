"""Disnakertrans: the register of migrant workers with country, departure and the end of the contract."""

from __future__ import annotations

from jaring.facts.month import NAMES
from jaring.world.dice import dice
from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency
from jaring.world.written import date_cells, nik_cells, typed

_HEADER = [
    "NO",
    "NAMA PMI",
    "NIK",
    "TGL LAHIR",
    "L/P",
    "ALAMAT",
    "DESA",
    "KECAMATAN",
    "NEGARA TUJUAN",
    "P3MI",
    "TANGGAL BERANGKAT",
    "AKHIR KONTRAK",
]


def write(regency: Regency, inbox: Inbox) -> None:
    """One workbook."""
    rng = dice(regency.seed, "disnakertrans")
    rows = typed(rng, regency.rows("pmi"), regency.region, "pmi")
    ends = [f"{NAMES[d.month - 1]} {d.year}" if n % 2 else d for n, d in enumerate(rows["until"].to_list())]
    cells = zip(
        range(1, rows.height + 1),
        rows["t_name"].to_list(),
        nik_cells(rows),
        date_cells(rng, rows["t_birth"], "dmy-"),
        rows["sex"].to_list(),
        rows["dusun"].to_list(),
        rows["t_desa"].to_list(),
        rows["t_kecamatan"].to_list(),
        rows["country"].to_list(),
        rows["agency"].to_list(),
        rows["departure"].to_list(),
        ends,
        strict=True,
    )
    with Book(inbox, "disnakertrans", "Register PMI 2023-2026.xlsx", rows.height) as book:
        titles = ["REGISTER PEKERJA MIGRAN INDONESIA ASAL KABUPATEN LOMBOK TIMUR"]
        book.sheet("PMI", _HEADER, cells, rows["person"], titles=titles, faults=rows)
    inbox.announce(book.path, kind="pmi", as_of="2026-03-01")
