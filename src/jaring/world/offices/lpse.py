"""LPSE: construction packages of the year, without any person in them."""

from __future__ import annotations

import datetime as dt

from jaring.world import wordlists
from jaring.world.dice import dice, one
from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency

_HEADER = [
    "Kode Tender",
    "Nama Paket",
    "Satuan Kerja",
    "Penyedia",
    "Nilai Kontrak",
    "Tanggal Kontrak",
    "Tanggal Selesai",
    "Lokasi",
]
_WORKS = [
    "Rehabilitasi ruang kelas",
    "Peningkatan jalan",
    "Pembangunan saluran irigasi",
    "Rehabilitasi puskesmas",
]
_OFFICES = ["Dinas Pekerjaan Umum", "Dinas Pendidikan", "Dinas Kesehatan", "Dinas Pertanian"]


def write(regency: Regency, inbox: Inbox) -> None:
    """One workbook of packages."""
    rng = dice(regency.seed, "lpse")
    places = regency.units["name"].to_list()
    rows = []
    for number in range(regency.size.of("proyek")):
        start = dt.date(2026, 1, 5) + dt.timedelta(days=int(rng.integers(0, 120)))
        place = one(rng, places)
        firm = f"CV {one(rng, wordlists.COMPANY_HEAD).title()} {one(rng, wordlists.COMPANY_TAIL).title()}"
        value = int(rng.lognormal(20.2, 1.0)) // 1000 * 1000
        rows.append(
            (
                f"10{number:06d}000",
                f"{one(rng, _WORKS)} {place}",
                one(rng, _OFFICES),
                firm,
                value,
                start,
                start + dt.timedelta(days=int(rng.integers(60, 210))),
                place,
            )
        )
    with Book(inbox, "lpse", "paket_pekerjaan_2026.xlsx") as book:
        book.sheet("Paket", _HEADER, rows, [None] * len(rows))
    inbox.announce(book.path, kind="proyek", as_of="2026-03-01")
