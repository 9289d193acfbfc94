"""Reads and writes the workbooks that pass between the regency, the insurer and the treasury."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine
import xlsxwriter

from jaring.facts.reason import refuse
from jaring.world.output import CREATED

PERSONS = [
    "REFERENSI",
    "NIK",
    "NAMA",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "DESA",
    "KECAMATAN",
    "PROGRAM",
    "UPAH ATAU DASAR",
    "IURAN",
    "BULAN MULAI",
    "JENIS",
]
BATCH = ["NOMOR BATCH", "WADAH", "NAMA WADAH", "SUMBER", "BULAN", "JUMLAH ORANG", "JUMLAH IURAN"]
ANSWER = ["REFERENSI", "STATUS", "KODE", "KETERANGAN", "BULAN MULAI"]
ANSWER_TOTALS = ["NOMOR BATCH", "JUMLAH BARIS", "DITERIMA", "DITOLAK", "DITUNDA"]
BILL = [
    "NOMOR TAGIHAN",
    "KODE IURAN",
    "WADAH",
    "BULAN",
    "JUMLAH ORANG",
    "JKK",
    "JKM",
    "JHT",
    "JP",
    "TOTAL",
]
SP2D = ["NOMOR SP2D", "TANGGAL", "NOMOR TAGIHAN", "NILAI"]


def table(path: Path, sheet: str, wanted: Sequence[str]) -> pl.DataFrame:
    """A sheet's columns by name, all text; whole numbers without a fraction. Refused if one is missing."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    if sheet not in book.sheet_names:
        raise refuse(
            "lembar-tidak-ada", f"Berkas {path.name} tidak memiliki lembar {sheet}.", "Periksa berkasnya."
        )
    rows = book.get_sheet_by_name(sheet).to_python()
    head = [_text(cell) or "" for cell in rows[0]] if rows else []
    # A header may carry a hint in brackets: TANGGAL LAHIR (DD-MM-YYYY).
    bare = [h.upper().split("(")[0].strip() for h in head]
    places = {name: bare.index(name) if name in bare else None for name in wanted}
    missing = [name for name, place in places.items() if place is None]
    if missing:
        raise refuse(
            "kolom-tidak-ada",
            f"Lembar {sheet} pada {path.name} tidak memiliki kolom {', '.join(missing)}.",
            "Kirim berkas dengan kolom yang disepakati.",
        )
    columns = {
        name: [_text(row[place]) for row in rows[1:]] for name, place in places.items() if place is not None
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(wanted, pl.String))


def book(path: Path, sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]) -> None:
    """A workbook with the given sheets, put in place whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.tmp")
    with xlsxwriter.Workbook(str(half), {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        made.set_properties({"created": CREATED})
        for name, (header, rows) in sheets.items():
            sheet = made.add_worksheet(name)
            for column, title in enumerate(header):
                sheet.write_string(0, column, title)
            for at, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(at, column, cell)
                    elif cell is not None:
                        sheet.write_string(at, column, str(cell))
    half.replace(path)


def rupiah(column: pl.Expr) -> pl.Expr:
    """Whole rupiah from text: ``16800``, ``16.800``, ``Rp16.800,00``."""
    bare = column.str.replace(r",0+$", "").str.replace_all(r"[^0-9-]", "")
    return bare.cast(pl.Int64, strict=False)


def _text(cell: Any) -> str | None:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date):
        return cell.strftime("%d-%m-%Y")
    text = str(cell).strip()
    return text or None
