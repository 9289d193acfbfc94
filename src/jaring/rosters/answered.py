"""The uploader's own file back: same sheets, columns and order, with the reasons beside each row."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from jaring.rosters import workbook
from jaring.rosters.checks import BY_CODE
from jaring.rosters.examination import Examination
from jaring.rosters.headers import Block
from jaring.rosters.reading import Sheet
from jaring.rosters.synonyms import key
from jaring.rosters.workbook import cell

ADDED = ("STATUS PERIKSA", "ALASAN", "CARA MEMPERBAIKI")
SUMMARY = "Hasil Periksa"
_STATUS = {"error": "DITAHAN", "warning": "DITERIMA, ADA CATATAN", "note": "DITERIMA", None: "DITERIMA"}
#: A number as the reader wrote it, short enough for Excel to keep every digit.
_NUMBER = re.compile(r"(?=.{1,15}$)-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?")


def write(examination: Examination, path: Path) -> None:
    """Write the answered workbook. Text stays text: no cell of the uploader can become a formula."""
    pages = [_summary(examination)]
    reasons = _reasons(examination.problems)
    used = {SUMMARY.casefold()}
    places: dict[str, set[int]] = {}
    for name, row_no in examination.rows.select("sheet", "row_no").iter_rows():
        places.setdefault(name, set()).add(row_no)
    for number, sheet in enumerate(examination.sheets.sheets):
        if sheet.name.casefold() == SUMMARY.casefold() and len(examination.sheets.sheets) > 1:
            continue  # our own summary, come back with the mended file
        blocks = [block for block in examination.gathered.blocks if block.sheet == number]
        title = _title(sheet.name, number, used)
        pages.append(_sheet(title, sheet, blocks, places.get(sheet.name, set()), reasons))
    workbook.write(path, pages)


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


def _reasons(problems: pl.DataFrame) -> dict[tuple[str, int], str]:
    """(sheet, row) → the three cells beside the row. Notes are told but change no status."""
    found: dict[tuple[str, int], list[str]] = {}
    for sheet, row, code in problems.select("sheet", "row_no", "code").iter_rows():
        found.setdefault((sheet, row), []).append(code)
    said: dict[tuple[str, ...], str] = {}
    answers = {}
    for place, codes in found.items():
        own = tuple(codes)
        if own not in said:
            checks = [BY_CODE[code] for code in own]
            worst = min((c.severity for c in checks), key=("error", "warning", "note").index)
            sentences = " ".join(c.sentence for c in checks)
            mends = " ".join(dict.fromkeys(c.mend for c in checks))
            look = workbook.HELD if worst == "error" else workbook.PLAIN
            said[own] = cell(_STATUS[worst], look) + cell(sentences) + cell(mends)
        answers[place] = said[own]
    return answers


def _sheet(
    title: str, sheet: Sheet, blocks: list[Block], rows: set[int], reasons: dict[tuple[str, int], str]
) -> workbook.Page:
    keep = _columns(sheet, blocks)
    beside = [""] * sheet.frame.height
    accepted = cell(_STATUS[None])
    for row in rows:
        beside[row - 1] = reasons.get((sheet.name, row), accepted)
    for block in blocks:
        beside[block.header] = "".join(cell(head, workbook.BOLD) for head in ADDED)
    cells = [_cells(sheet, column) for column in keep]
    widths = dict.fromkeys(range(len(keep), len(keep) + 3), 28) if blocks else {}
    return workbook.Page(title, ["".join(row) for row in zip(*cells, beside, strict=True)], widths)


def _cells(sheet: Sheet, column: int) -> list[str]:
    texts = sheet.frame[f"c{column}"].to_list()
    made = workbook.column(texts)
    if column not in sheet.kinds:
        return made
    # Excel keeps fifteen digits: a longer number stays the text that was read.
    return [
        workbook.number(text) if letter == "n" and text and _NUMBER.fullmatch(text) else done
        for text, letter, done in zip(texts, sheet.kinds[column].to_list(), made, strict=True)
    ]


def _columns(sheet: Sheet, blocks: list[Block]) -> list[int]:
    """The uploader's columns: those that an earlier answer of ours added are written anew, not doubled."""
    ours = {key(head) for head in ADDED}
    added = {column for block in blocks for column, text in block.written.items() if key(text) in ours}
    return [column for column in range(sheet.frame.width) if column not in added]


def _summary(examination: Examination) -> workbook.Page:
    told = examination.summary()
    lines: list[tuple[str, str | int]] = [
        ("Berkas", told["file"]),
        ("Kantor", told["office"]),
        ("Jenis daftar", told["kind_label"]),
        ("Baris dibaca", told["read"]),
        ("Baris diterima", told["accepted"]),
        ("Baris ditahan", told["quarantined"]),
    ]
    rows = [cell("HASIL PERIKSA DAFTAR", workbook.BOLD)]
    rows += [cell(label) + cell(value) for label, value in lines]
    heads = ("Kode", "Jumlah baris", "Alasan", "Cara memperbaiki")
    rows += ["", "".join(cell(head, workbook.BOLD) for head in heads)]
    for code, count in told["by_code"].items():
        own = BY_CODE[code]
        rows.append("".join(cell(value) for value in (code, count, own.sentence, own.mend)))
    ending = "Baris berstatus DITAHAN diperbaiki di lembar aslinya, lalu berkas ini dikirim kembali."
    rows += ["", cell(ending)]
    return workbook.Page(SUMMARY, rows, {0: 34, 1: 16, 2: 70, 3: 70})
