"""Finds where the tables of a sheet begin and end, and which column means what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from jaring.rosters.reading import Sheet
from jaring.rosters.synonyms import key, meaning

_TOP = 80
_IDENTITY = {"nik", "name", "member"}
#: What a header cell of an identity column looks like, anywhere in a sheet.
_AGAIN = r"(?i)^\W*((no|nomor)\b\W*)?(n\W?i\W?k|ktp|nama|nm|peserta|nomor induk)\b[^0-9]{0,40}$"
_LONG_NUMBER = re.compile(r"[0-9]{6}")
_UNITS = ((r"\b(m2|m²|meter)\b", "m2"), (r"\b(are|ara)\b", "are"), (r"\b(ha|hektar|hektare)\b", "ha"))


@dataclass(frozen=True)
class Block:
    """One table of a sheet. Rows count from 0; ``first`` to ``last`` (not included) hold its data."""

    sheet: int
    header: int
    first: int
    last: int
    #: column number → field, and column number → header as written
    columns: dict[int, str]
    written: dict[int, str]
    titles: str
    units: dict[int, str] = field(default_factory=dict)

    def column_of(self, name: str) -> int | None:
        """The column that holds a field, if any."""
        return next((number for number, found in self.columns.items() if found == name), None)


def map_headers(
    sheet: Sheet,
    number: int = 0,
    learnt: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
) -> list[Block]:
    """The tables of a sheet, top to bottom. ``learnt``: header key → field, as this office taught it;
    ``own``: the same, as the layout of a known program has it. No table found gives an empty list."""
    said = {**(own or {}), **(learnt or {})}
    if sheet.frame.is_empty():
        return []
    starts = _starts(sheet.frame, said)
    blocks: list[Block] = []
    for place, (row, below) in enumerate(starts):
        last = starts[place + 1][0] if place + 1 < len(starts) else sheet.frame.height
        previous = blocks[-1].last if blocks else 0
        above = _texts(sheet.frame.slice(max(previous, row - 15), row - max(previous, row - 15)))
        blocks.append(_block(sheet.frame, number, row, below, last, said, " | ".join(above)))
    return blocks


def _starts(frame: pl.DataFrame, said: Mapping[str, str]) -> list[tuple[int, int]]:
    """Header rows, each with the number of rows it takes."""
    found: list[tuple[int, int]] = []
    free = 0
    top = frame.head(_TOP).rows()
    for row in sorted({*range(len(top)), *_candidates(frame)}):
        if row < free:
            continue
        cells = top[row] if row < len(top) else frame.row(row)
        if _is_header(cells, said):
            height = _height(frame, row, cells, said)
            found.append((row, height))
            free = row + height
    return found


def _candidates(frame: pl.DataFrame) -> list[int]:
    """Rows below the top that hold a cell written like the header of an identity column."""
    if frame.height <= _TOP:
        return []
    # In a long sheet a second table is looked for under the first columns only.
    columns = frame.columns if frame.height <= 5000 else frame.columns[:12]
    text = [pl.col(c) for c in columns if frame.schema[c] == pl.String]
    hit = pl.any_horizontal(column.str.contains(_AGAIN).fill_null(False) for column in text)
    return [row for row in frame.select(hit.arg_true()).to_series().to_list() if row >= _TOP]


def _means(cell: object, said: Mapping[str, str]) -> tuple[str, int] | None:
    if not isinstance(cell, str):
        return None
    own = key(cell)
    if own in said:
        return said[own], 3
    return meaning(own)


def _is_header(cells: tuple[object, ...], said: Mapping[str, str]) -> bool:
    filled = [cell for cell in cells if isinstance(cell, str)]
    # Asked first, because nearly every row of people ends here.
    if not filled or _LONG_NUMBER.search(" ".join(filled)):
        return False
    found = [_means(cell, said) for cell in filled]
    sure = {means[0] for means in found if means and means[1] >= 2}
    fields = {means[0] for means in found if means}
    if not fields & _IDENTITY:
        # A register of projects or of companies holds no persons, yet has a header.
        return len(sure) >= 4 and len(sure) * 2 >= len(filled)
    if {"nik", "name"} <= sure:
        return True
    if len(filled) <= 2:
        return bool(sure & {"nik", "member"}) and len(fields) == len(filled)
    return bool(sure & _IDENTITY) and len(fields) >= 2 and len([m for m in found if m]) * 3 >= len(filled)


def _height(frame: pl.DataFrame, row: int, cells: tuple[object, ...], said: Mapping[str, str]) -> int:
    """Rows of the header: a second row of sub-headers, and a row of column numbers, belong to it."""
    height = 1
    if row + 1 < frame.height and _is_sub(cells, frame.row(row + 1), said):
        height += 1
    if row + height < frame.height and _is_numbering(frame.row(row + height)):
        height += 1
    return height


def _is_sub(above: tuple[object, ...], below: tuple[object, ...], said: Mapping[str, str]) -> bool:
    filled = [(a, b) for a, b in zip(above, below, strict=True) if isinstance(b, str)]
    if not filled or any(re.search(r"\d{3}", str(b)) for _, b in filled):
        return False
    known = [_means(b, said) for _, b in filled]
    # Under a merged heading the row above is empty, except over its first column.
    gaps = sum(a is None for a, _ in filled)
    return (
        all(known)
        and gaps * 2 >= len(filled) - 1
        and len(filled) < sum(isinstance(a, str) for a in above) + gaps
    )


def _is_numbering(cells: tuple[object, ...]) -> bool:
    numbers = [re.sub(r"[()\s]", "", str(cell)) for cell in cells if cell is not None]
    if len(numbers) < 3 or not all(n.isdigit() and len(n) <= 2 for n in numbers):
        return False
    return [int(n) for n in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))


def _block(
    frame: pl.DataFrame, number: int, row: int, height: int, last: int, said: Mapping[str, str], titles: str
) -> Block:
    heads = _heads([frame.row(row + step) for step in range(height)], said)
    best: dict[str, tuple[int, int]] = {}
    for column, head in heads.items():
        means = _means(head, said)
        if means is None or means[0] in {"-", "seq"}:
            continue
        name, sure = means
        if name not in best or sure > best[name][1]:
            best[name] = (column, sure)
    columns = {column: name for name, (column, _) in best.items()}
    units = {c: u for c, name in columns.items() if name == "land" for u in [_unit(heads[c])] if u}
    return Block(number, row, row + height, last, dict(sorted(columns.items())), heads, titles, units)


def _heads(rows: list[tuple[object, ...]], said: Mapping[str, str]) -> dict[int, str]:
    heads: dict[int, str] = {}
    for column, cell in enumerate(rows[0]):
        if isinstance(cell, str):
            heads[column] = cell
    if len(rows) > 1 and not _is_numbering(rows[1]):
        for column, cell in enumerate(rows[1]):
            if isinstance(cell, str) and _means(cell, said):
                heads[column] = cell
    return heads


def _unit(head: str) -> str | None:
    text = head.casefold()
    return next((unit for pattern, unit in _UNITS if re.search(pattern, text)), None)


def _texts(frame: pl.DataFrame) -> list[str]:
    return [" ".join(str(cell) for cell in row if cell is not None) for row in frame.rows() if any(row)]
