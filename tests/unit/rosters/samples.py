"""Invented lists as offices write them. Nobody in them is real."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

TODAY_YEAR = 2026


def nik(
    number: int = 1,
    day: int = 12,
    month: int = 3,
    year: int = 1980,
    woman: bool = False,
    unit: str = "520301",
) -> str:
    """A well-formed invented NIK."""
    return f"{unit}{day + 40 * woman:02d}{month:02d}{year % 100:02d}{number:04d}"


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """An XLSX: text stays text, numbers are numbers, dates are dates."""
    with xlsxwriter.Workbook(
        str(path), {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    ) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(at, column, cell)
                    elif cell is not None:
                        page.write(at, column, cell)
    return path


def text(
    path: Path, rows: Sequence[Sequence[Any]], delimiter: str = ";", encoding: str = "utf-8", lead: str = ""
) -> Path:
    """A delimited text file."""
    body = io.StringIO()
    body.write(lead)
    csv.writer(body, delimiter=delimiter).writerows(rows)
    path.write_bytes(body.getvalue().encode(encoding))
    return path
