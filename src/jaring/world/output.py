"""Writes files as offices do, and beside each row of a person whose it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

#: Fixed, so that the same seed gives the same bytes.
CREATED = dt.datetime(2026, 3, 15, 8, 0, 0)
#: Sheets above this many rows are streamed to disk; strings then stand in the cells themselves.
_LARGE = 4_000

Row = Sequence[Any]


class Inbox:
    """The folder that the world fills; it remembers every row of a person, and the manifest."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.truth: list[pl.DataFrame] = []
        self.manifest: list[dict[str, str]] = []
        self.files: list[tuple[str, int]] = []

    def path(self, office: str, name: str) -> Path:
        """Where a file of an office goes."""
        folder = self.root / office
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    def announce(self, path: Path, *, kind: str = "", desa_code: str = "", as_of: str = "") -> None:
        """A line of the manifest; files of which nobody said anything are simply not in it."""
        name = str(path.relative_to(self.root))
        line = {
            "file": name,
            "office": path.parent.name,
            "kind": kind,
            "desa_code": desa_code,
            "as_of": as_of,
        }
        self.manifest.append(line)

    def remember(
        self, path: Path, sheet: str, row_no: Any, persons: Any, faults: pl.DataFrame | None = None
    ) -> None:
        """Rows (numbers as Excel shows them) and whose they are; rows of nobody are left out."""
        name = str(path.relative_to(self.root))
        frame = pl.DataFrame(
            {"row_no": pl.Series(row_no, dtype=pl.Int64), "person": pl.Series(persons, dtype=pl.Int64)}
        )
        if faults is not None:
            frame = frame.hstack(faults.select("nik_fault", "birth_fault").get_columns())
        else:
            none = pl.lit(None, dtype=pl.String)
            frame = frame.with_columns(nik_fault=none, birth_fault=none)
        frame = frame.drop_nulls("person").with_columns(file=pl.lit(name), sheet=pl.lit(sheet))
        self.truth.append(frame.select("file", "sheet", "row_no", "person", "nik_fault", "birth_fault"))

    def close(self) -> None:
        """The manifest."""
        pl.DataFrame(self.manifest).sort("file").write_csv(self.root / "manifest.csv")


class Book:
    """One workbook. ``with Book(inbox, "dpmd", "x.xlsx") as book: book.sheet(...)``."""

    def __init__(self, inbox: Inbox, office: str, name: str, rows: int = 0) -> None:
        self.inbox, self.path = inbox, inbox.path(office, name)
        large = {"constant_memory": True} if rows > _LARGE else {"in_memory": True}
        self.book = xlsxwriter.Workbook(
            str(self.path), {"strings_to_formulas": False, "strings_to_urls": False, **large}
        )
        self.book.set_properties({"created": CREATED, "author": "Kantor", "comments": "Data rekaan"})
        self.date = self.book.add_format({"num_format": "dd/mm/yyyy"})
        self.bold = self.book.add_format({"bold": True})
        self.head = self.book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
        self.centre = self.book.add_format({"bold": True, "align": "center"})
        self.plain = self.book.add_format({"num_format": "0"})
        self.count = 0

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.book.close()
        self.inbox.files.append((str(self.path.relative_to(self.inbox.root)), self.count))

    def sheet(
        self,
        name: str,
        header: Sequence[str],
        rows: Iterable[Row],
        persons: Sequence[int | None] | pl.Series,
        *,
        titles: Sequence[str] = (),
        footer: Sequence[Row] = (),
        merged: bool = True,
        faults: pl.DataFrame | None = None,
    ) -> None:
        """Titles, blank, header, rows, blank, footer. A row of nobody has the person null."""
        sheet = self.book.add_worksheet(name)
        at = 0
        for title in titles:
            if merged and len(header) > 1:
                sheet.merge_range(at, 0, at, len(header) - 1, title, self.centre)
            else:
                sheet.write_string(at, 0, title, self.bold)
            at += 1
        at += 1 if titles else 0
        for column, text in enumerate(header):
            sheet.write_string(at, column, text, self.head)
        at += 1
        first = at + 1
        at = self._rows(sheet, at, rows)
        if footer:
            self._rows(sheet, at + 1, footer)
        numbers = np.arange(first, first + len(persons))
        if faults is None:
            frame = pl.DataFrame(
                {"row_no": numbers, "person": pl.Series(persons, dtype=pl.Int64)}
            ).drop_nulls()
            self.inbox.remember(self.path, name, frame["row_no"], frame["person"])
            self.count += frame.height
        else:
            self.inbox.remember(self.path, name, numbers, persons, faults)
            self.count += pl.Series(persons).drop_nulls().len()

    def _rows(self, sheet: Worksheet, at: int, rows: Iterable[Row]) -> int:
        """Cells by their Python type: text, number, date. Nothing is ever a formula."""
        text, number, plain, date = sheet._write_string, sheet._write_number, self.plain, self.date
        for row in rows:
            for column, cell in enumerate(row):
                kind = type(cell)
                if kind is str:
                    text(at, column, cell)
                elif kind is int or kind is float:
                    # A NIK in a cell of numbers is shown in full only by a format without fractions.
                    number(at, column, cell, plain if cell > 10**14 else None)
                elif kind is dt.date:
                    sheet.write_datetime(at, column, cell, date)
            at += 1
        return at


def write_csv(
    inbox: Inbox,
    office: str,
    name: str,
    frame: pl.DataFrame,
    persons: pl.Series,
    *,
    separator: str = ";",
    encoding: str = "utf-8",
    faults: pl.DataFrame | None = None,
) -> Path:
    """A CSV as an office's program writes it; rows are counted with the header as row 1."""
    path = inbox.path(office, name)
    text = frame.write_csv(separator=separator, quote_style="necessary", line_terminator="\r\n")
    path.write_bytes(text.encode(encoding, errors="replace"))
    inbox.remember(path, "", np.arange(2, frame.height + 2), persons, faults)
    inbox.files.append((str(path.relative_to(inbox.root)), frame.height))
    return path


def lists(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of a frame as tuples of Python values."""
    return frame.rows()
