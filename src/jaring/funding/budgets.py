"""A budget file: what its columns may be called, and what is wrong with its rows. Pure.

Columns, in any order and on any sheet: SUMBER, TAHUN, PAGU, BULAN MULAI, BULAN SELESAI, DOKUMEN; where
they apply KODE DESA, KODE DANA, SEGMEN (several by ``;``), PEMILIK DANA, WADAH.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from jaring.facts.month import NAMES, Month
from jaring.ledger.chart import FUND_CODE

Cells = Sequence[Sequence[str | None]]

#: Column → the ways a header may spell it, letters and digits only.
HEADERS: dict[str, tuple[str, ...]] = {
    "source": ("sumber", "sumberdana", "sumberanggaran", "source"),
    "year": ("tahun", "tahunanggaran", "ta", "year"),
    "budget_idr": (
        "pagu",
        "pagurp",
        "paguanggaran",
        "anggaran",
        "jumlahanggaran",
        "jumlah",
        "budgetidr",
        "paguidr",
    ),
    "month_from": ("bulanmulai", "mulai", "daribulan", "monthfrom"),
    "month_to": ("bulanselesai", "bulanakhir", "selesai", "sampaibulan", "monthto"),
    "document": ("dokumen", "nomordokumen", "dasar", "nomordpa", "document"),
    "desa_code": ("kodedesa", "kodedesakelurahan", "kodewilayah", "desacode"),
    "code": ("kode", "kodedana", "code"),
    "segments": ("segmen", "segments"),
    "holder": ("pemilikdana", "pemilik", "donatur", "namasumber", "holder"),
    "wadah": ("wadah", "jeniswadah"),
}
NEEDED = ("source", "year", "budget_idr", "month_from", "month_to", "document")
TITLES = {
    "source": "SUMBER",
    "year": "TAHUN",
    "budget_idr": "PAGU",
    "month_from": "BULAN MULAI",
    "month_to": "BULAN SELESAI",
    "document": "DOKUMEN",
    "desa_code": "KODE DESA",
    "code": "KODE DANA",
    "segments": "SEGMEN",
    "holder": "PEMILIK DANA",
    "wadah": "WADAH",
}
SOURCES = {
    "alokasidanadesa": "add",
    "dd": "dana_desa",
    "dbhcht": "dbhcht",
    "danabagihasilcukaihasiltembakau": "dbhcht",
    "provinsi": "province",
    "apbdprovinsi": "province",
    "apbdkabupaten": "apbd",
    "perusahaan": "employer",
}
WADAH = ("", "SG", "SD", "SA", "SC", "SB", "PU")
LARGEST_IDR = 10**15


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where it stands and how to mend it."""

    sheet: str
    row: int
    column: str
    sentence: str
    mend: str

    def __str__(self) -> str:
        return f"lembar {self.sheet} baris {self.row} kolom {self.column}: {self.sentence} {self.mend}"


ROW = {
    "sheet": pl.String(),
    "row": pl.Int64(),
    "code": pl.String(),
    "source": pl.String(),
    "year": pl.Int64(),
    "desa_code": pl.String(),
    "segments": pl.List(pl.String),
    "holder": pl.String(),
    "wadah": pl.String(),
    "budget_idr": pl.Int64(),
    "month_from": pl.Date(),
    "month_to": pl.Date(),
    "document": pl.String(),
}


@dataclass(frozen=True)
class Known:
    """What the rows are held against: sources with whether they are bound to a desa, desa, segments."""

    sources: dict[str, bool]
    desa: Collection[str]
    segments: Collection[str]


def check(sheets: Sequence[tuple[str, Cells]], known: Known) -> tuple[pl.DataFrame, list[Fault]]:
    """Rows as ``ROW`` and what is wrong. Rows with a fault are not among the rows."""
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    seen = 0
    for name, cells in sheets:
        header = _header(cells)
        if header is None:
            continue
        seen += 1
        at, columns = header
        for number, line in enumerate(cells[at + 1 :], start=at + 2):
            texts = {field: _text(line, place) for field, place in columns.items()}
            # A line of totals has money and no source; it is the only other thing a table ends with.
            if not texts["source"] and not texts["year"]:
                continue
            row, wrong = _row(name, number, texts, known)
            faults += wrong
            if not wrong:
                rows.append(row)
    if not seen:
        titles = ", ".join(TITLES[field] for field in NEEDED)
        faults.append(
            Fault(
                "-", 1, "-", "Tidak ada lembar dengan judul kolom anggaran.", f"Beri judul kolom: {titles}."
            )
        )
    elif not rows and not faults:
        faults.append(Fault("-", 1, "-", "Tidak ada baris anggaran.", "Isi sedikitnya satu baris."))
    faults += _twice(rows)
    return pl.DataFrame(rows, schema=ROW), faults


def _header(cells: Cells) -> tuple[int, dict[str, int]] | None:
    """The first of the top rows that names every needed column."""
    for at, line in enumerate(cells[:30]):
        keys = [re.sub(r"[^a-z0-9]", "", (cell or "").lower()) for cell in line]
        columns = {
            field: next(place for place, key in enumerate(keys) if key in names)
            for field, names in HEADERS.items()
            if any(key in names for key in keys)
        }
        if all(field in columns for field in NEEDED):
            return at, columns
    return None


def _text(line: Sequence[str | None], place: int) -> str:
    return " ".join((line[place] or "").split()) if place < len(line) else ""


def _row(sheet: str, number: int, texts: dict[str, str], known: Known) -> tuple[dict[str, Any], list[Fault]]:
    wrong: list[Fault] = []

    def fault(field: str, sentence: str, mend: str) -> None:
        wrong.append(Fault(sheet, number, TITLES[field], sentence, mend))

    row: dict[str, Any] = {"sheet": sheet, "row": number}
    row["source"] = source = _source(texts["source"])
    if source not in known.sources:
        fault("source", "Sumber tidak dikenal.", f"Pakai salah satu: {', '.join(sorted(known.sources))}.")
    row["year"] = year = _year(texts["year"])
    if year is None:
        fault("year", "Tahun harus empat angka.", "Tulis misalnya 2026.")
    row["budget_idr"] = _rupiah(texts["budget_idr"])
    if row["budget_idr"] is None:
        fault("budget_idr", "Pagu harus rupiah utuh, nol atau lebih.", "Tulis misalnya 2630124000.")
    for field in ("month_from", "month_to"):
        row[field] = _month(texts[field], year)
        if row[field] is None and year is not None:
            fault(field, "Bulan tidak terbaca atau di luar tahun anggaran.", "Tulis misalnya 2026-04.")
    if row["month_from"] and row["month_to"] and row["month_from"] > row["month_to"]:
        fault("month_to", "Bulan selesai mendahului bulan mulai.", "Tukar atau perbaiki kedua bulan.")
    row["document"] = texts["document"]
    if not texts["document"]:
        fault("document", "Dokumen dasar tidak disebut.", "Tulis nomor DPA, APB Desa, atau perjanjiannya.")
    elif len(texts["document"]) > 200:
        fault("document", "Nama dokumen terlalu panjang.", "Singkat sampai 200 huruf.")
    row["desa_code"] = desa = _desa(texts.get("desa_code", ""))
    if desa is not None and desa not in known.desa:
        fault("desa_code", "Kode desa tidak ada di wilayah ini.", "Tulis misalnya 52.03.01.2001.")
    elif desa is None and known.sources.get(source, False):
        fault("desa_code", "Sumber ini terikat pada desa, tetapi desanya kosong.", "Isi kode desanya.")
    row["segments"] = [part.strip() for part in texts.get("segments", "").split(";") if part.strip()]
    if any(segment not in known.segments for segment in row["segments"]):
        fault("segments", "Ada segmen yang tidak dikenal.", f"Pakai: {', '.join(sorted(known.segments))}.")
    row["holder"] = texts.get("holder", "")[:120]
    row["wadah"] = texts.get("wadah", "").upper()
    if row["wadah"] not in WADAH:
        fault("wadah", "Jenis wadah tidak dikenal.", f"Kosongkan atau pakai: {', '.join(WADAH[1:])}.")
    given = texts.get("code", "").upper()
    row["code"] = given or _code(source, year, desa)
    if not FUND_CODE.fullmatch(row["code"]):
        fault("code", "Kode dana memuat huruf yang tidak boleh.", "Pakai huruf, angka, dan tanda hubung.")
    return row, wrong


def _source(text: str) -> str:
    key = re.sub(r"[^a-z0-9]", "", text.lower())
    return SOURCES.get(key, re.sub(r"[\s-]+", "_", text.lower()))


def _code(source: str, year: int | None, desa: str | None) -> str:
    parts = [source.upper().replace("_", "-"), str(year or 0)]
    return "-".join([*parts, desa.replace(".", "")] if desa else parts)


def _year(text: str) -> int | None:
    found = re.fullmatch(r"(20\d\d)(?:\.0)?", text)
    return int(found[1]) if found else None


def _rupiah(text: str) -> int | None:
    plain = re.sub(r"^rp\.?\s*", "", text.lower()).replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,0+)?", plain):
        plain = plain.split(",")[0].replace(".", "")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+(\.0+)?", plain):
        plain = plain.split(".")[0].replace(",", "")
    elif not re.fullmatch(r"\d{1,16}([.,]0{1,2})?", plain):
        return None
    amount = int(re.split(r"[.,]", plain)[0])
    return amount if amount <= LARGEST_IDR else None


def _month(text: str, year: int | None) -> Any:
    """A month of ``year`` from 2026-04, 2026-04-01, 01/04/2026, April, April 2026 or 4."""
    if year is None:
        return None
    lower = text.lower()
    names = {name.lower(): number for number, name in enumerate(NAMES, start=1)}
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})(-\d{1,2}([ t].*)?)?", lower):
        stated, number = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"\d{1,2}[/.-](\d{1,2})[/.-](\d{4})", lower):
        stated, number = int(found[2]), int(found[1])
    elif found := re.fullmatch(r"(\d{1,2})(\.0)?", lower):
        stated, number = year, int(found[1])
    elif found := re.fullmatch(r"([a-z]+)\s*(\d{4})?", lower):
        stated, number = int(found[2] or year), names.get(found[1], 0)
    else:
        return None
    return Month(year, number).first if stated == year and 1 <= number <= 12 else None


def _desa(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    if not text:
        return None
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}" if len(digits) == 10 else text[:20]


def _twice(rows: Sequence[dict[str, Any]]) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        if row["code"] in first:
            faults.append(
                Fault(
                    row["sheet"],
                    row["row"],
                    TITLES["code"],
                    f"Dana {row['code']} sudah ada di baris {first[row['code']]}.",
                    "Satukan, atau beri kolom KODE DANA yang berbeda.",
                )
            )
        first.setdefault(row["code"], row["row"])
    return faults
