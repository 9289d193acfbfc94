"""The uploader's own file back: same sheets, columns and order, with the reasons beside each row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from jaring.rosters.checks import BY_CODE
from jaring.rosters.examination import Examination
from jaring.rosters.headers import Block
from jaring.rosters.reading import Sheet
from jaring.rosters.synonyms import key

ADDED = ("STATUS PERIKSA", "ALASAN", "CARA MEMPERBAIKI")
SUMMARY = "Hasil Periksa"
_STATUS = {"error": "DITAHAN", "warning": "DITERIMA, ADA CATATAN", "note": "DITERIMA", None: "DITERIMA"}
_EXCEL_DIGITS = 15


def write(examination: Examination, path: Path) -> None:
    """Write the answered workbook. Text stays text: no cell of the uploader can become a formula."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        bold, held = book.add_format({"bold": True}), book.add_format({"bg_color": "#F8D7DA"})
        _summary(book.add_worksheet(SUMMARY), examination, bold)
        reasons = _reasons(examination.problems)
        used = {SUMMARY.casefold()}
        for number, sheet in enumerate(examination.sheets.sheets):
            if sheet.name.casefold() == SUMMARY.casefold() and len(examination.sheets.sheets) > 1:
                continue  # our own summary, come back with the mended file
            blocks = [block for block in examination.gathered.blocks if block.sheet == number]
            rows = set(examination.rows.filter(pl.col("sheet") == sheet.name)["row_no"].to_list())
            _sheet(
                book.add_worksheet(_title(sheet.name, number, used)),
                sheet,
                blocks,
                rows,
                reasons,
                (bold, held),
            )


def _title(name: str, number: int, used: set[str]) -> str:
    """A sheet name that Excel allows and that is not taken."""
    clean = (
        "".join(c for c in name if c not in "[]:*?/\\" and c.isprintable()).strip("' ")[:31]
        or f"Lembar {number + 1}"
    )
    while clean.casefold() in used:
        clean = f"{clean[:26]} ({number + 1})"
    used.add(clean.casefold())
    return clean


def _reasons(problems: pl.DataFrame) -> dict[tuple[str, int], tuple[str, str, str]]:
    """(sheet, row) → status, sentences, mends. Notes are told but change no status."""
    found: dict[tuple[str, int], list[str]] = {}
    for sheet, row, code in problems.select("sheet", "row_no", "code").iter_rows():
        found.setdefault((sheet, row), []).append(code)
    said: dict[tuple[str, ...], tuple[str, str, str]] = {}
    answers = {}
    for place, codes in found.items():
        own = tuple(codes)
        if own not in said:
            checks = [BY_CODE[code] for code in own]
            worst = min((c.severity for c in checks), key=("error", "warning", "note").index)
            said[own] = (
                _STATUS[worst],
                " ".join(c.sentence for c in checks),
                " ".join(dict.fromkeys(c.mend for c in checks)),
            )
        answers[place] = said[own]
    return answers


def _sheet(
    page: Any,
    sheet: Sheet,
    blocks: list[Block],
    rows: set[int],
    reasons: dict[tuple[str, int], tuple[str, str, str]],
    looks: tuple[Any, Any],
) -> None:
    bold, held = looks
    heads = {block.header for block in blocks}
    keep = _columns(sheet, blocks)
    width = len(keep)
    numbers = {
        place: sheet.kinds[column] == "n" for place, column in enumerate(keep) if column in sheet.kinds
    }
    if blocks:
        page.set_column(width, width + 2, 28)
    for at, cells in enumerate(sheet.frame.select(f"c{column}" for column in keep).iter_rows()):
        for place, cell in enumerate(cells):
            if cell is None:
                continue
            if place in numbers and numbers[place][at] and len(cell) <= _EXCEL_DIGITS:
                page.write_number(at, place, float(cell))
            else:
                page.write_string(at, place, cell)
        if at in heads:
            for step, head in enumerate(ADDED):
                page.write_string(at, width + step, head, bold)
        elif at + 1 in rows:
            status, sentence, mend = reasons.get((sheet.name, at + 1), (_STATUS[None], "", ""))
            page.write_string(at, width, status, held if status == "DITAHAN" else None)
            if sentence:
                page.write_string(at, width + 1, sentence)
                page.write_string(at, width + 2, mend)


def _columns(sheet: Sheet, blocks: list[Block]) -> list[int]:
    """The uploader's columns: those that an earlier answer of ours added are written anew, not doubled."""
    ours = {key(head) for head in ADDED}
    added = {column for block in blocks for column, text in block.written.items() if key(text) in ours}
    return [column for column in range(sheet.frame.width) if column not in added]


def _summary(page: Any, examination: Examination, bold: Any) -> None:
    told = examination.summary()
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 16)
    page.set_column(2, 3, 70)
    lines: list[tuple[str, str | int]] = [
        ("Berkas", told["file"]),
        ("Kantor", told["office"]),
        ("Jenis daftar", told["kind_label"]),
        ("Baris dibaca", told["read"]),
        ("Baris diterima", told["accepted"]),
        ("Baris ditahan", told["quarantined"]),
    ]
    page.write_string(0, 0, "HASIL PERIKSA DAFTAR", bold)
    at = 1
    for label, value in lines:
        page.write_string(at, 0, label)
        (page.write_number if isinstance(value, int) else page.write_string)(at, 1, value)
        at += 1
    at += 1
    for place, head in enumerate(("Kode", "Jumlah baris", "Alasan", "Cara memperbaiki")):
        page.write_string(at, place, head, bold)
    for code, count in told["by_code"].items():
        at += 1
        own = BY_CODE[code]
        page.write_string(at, 0, code)
        page.write_number(at, 1, count)
        page.write_string(at, 2, own.sentence)
        page.write_string(at, 3, own.mend)
    at += 2
    page.write_string(
        at, 0, "Baris berstatus DITAHAN diperbaiki di lembar aslinya, lalu berkas ini dikirim kembali."
    )
