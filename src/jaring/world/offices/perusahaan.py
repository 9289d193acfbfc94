"""Companies: each sends its own roster with employer number, wages and programmes."""

from __future__ import annotations

from typing import Any

from jaring.world.dice import dice, one
from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency
from jaring.world.written import date_cells, nik_cells, recased, typed

_HEADERS = [
    ["No", "Nama Karyawan", "NIK", "Tanggal Lahir", "Jabatan", "Upah", "Program", "NPP"],
    ["NO", "NAMA TENAGA KERJA", "NO. KTP", "TGL LAHIR", "BAGIAN", "GAJI POKOK", "PROGRAM BPJS TK", "NPP"],
    ["nomor", "nama pekerja", "nik", "tgl. lahir", "jabatan", "gaji/bulan", "program", "npp"],
]
_WORK = [
    "Operator",
    "Staf",
    "Sopir",
    "Kasir",
    "Keamanan",
    "Buruh harian",
    "Administrasi",
    "Gudang",
    "Juru masak",
]


def write(regency: Regency, inbox: Inbox) -> None:
    """A workbook for each company that sent one."""
    rng = dice(regency.seed, "perusahaan")
    everyone = typed(rng, regency.rows("perusahaan"), regency.region, "perusahaan")
    for (npp,), part in everyone.partition_by("npp", as_dict=True, maintain_order=True).items():
        part = recased(part, one(rng, ["upper", "title", "title", "mixed"]))
        header = one(rng, _HEADERS)
        programmes = one(rng, ["JKK, JKM, JHT, JP", "JKK+JKM+JHT", "JKK JKM", "4 program"])
        wages: list[Any] = part["wage_idr"].to_list()
        if rng.random() < 0.3:
            wages = [f"{w:,}".replace(",", ".") + ",00" for w in wages]
        cells = zip(
            range(1, part.height + 1),
            part["t_name"].to_list(),
            nik_cells(part),
            date_cells(rng, part["t_birth"], one(rng, ["excel", "dmy-", "dmy/", "serial"])),
            [_WORK[int(n)] for n in rng.integers(0, len(_WORK), part.height)],
            wages,
            [programmes] * part.height,
            [npp] * part.height,
            strict=True,
        )
        employer = str(part["employer"][0])
        field = str(part["field"][0])
        with Book(inbox, "perusahaan", f"{npp} {employer}.xlsx") as book:
            titles = [f"DATA KARYAWAN {employer.upper()}", f"Bidang usaha: {field}", f"NPP: {npp}"]
            book.sheet("Karyawan", header, cells, part["person"], titles=titles, merged=False, faults=part)
        if rng.random() < 0.8:
            inbox.announce(book.path, kind="perusahaan", as_of="2026-03-01")
