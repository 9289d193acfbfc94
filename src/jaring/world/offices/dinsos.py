"""Dinas Sosial: the DTSEN list with family card, NIK and desil, as the operator downloads it."""

from __future__ import annotations

from jaring.world.dice import dice
from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency
from jaring.world.written import nik_cells, typed

_HEADER = [
    "NO",
    "NOMOR KK",
    "NIK",
    "NAMA",
    "HUBUNGAN KELUARGA",
    "ALAMAT",
    "DESA/KELURAHAN",
    "KECAMATAN",
    "DESIL",
]
_ROLE = {"kepala": "KEPALA KELUARGA", "istri": "ISTRI", "anak": "ANAK", "orang_tua": "ORANG TUA"}


def write(regency: Regency, inbox: Inbox) -> None:
    """One workbook, family by family; birth dates are not in it."""
    rng = dice(regency.seed, "dinsos")
    rows = typed(rng, regency.rows("dtsen"), regency.region, "dtsen")
    rows = rows.sort("kecamatan_code", "desa_code", "household", "person", maintain_order=True)
    cells = zip(
        range(1, rows.height + 1),
        rows["no_kk"].to_list(),
        nik_cells(rows),
        rows["t_name"].to_list(),
        rows["role"].replace(_ROLE).to_list(),
        rows["dusun"].to_list(),
        rows["t_desa"].to_list(),
        rows["t_kecamatan"].to_list(),
        rows["desil"].to_list(),
        strict=True,
    )
    with Book(inbox, "dinsos", "DTSEN_desil_1-5_triwulan_I_2026.xlsx", rows.height) as book:
        book.sheet("DTSEN", _HEADER, cells, rows["person"], faults=rows)
    inbox.announce(book.path, kind="dtsen", as_of="2026-03-01")
