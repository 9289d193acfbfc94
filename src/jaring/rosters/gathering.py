"""From the tables of a file to one frame of raw cells, a column per field, a row per row of the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from jaring.rosters import formats
from jaring.rosters.footers import SHORT, others
from jaring.rosters.formats import Format
from jaring.rosters.headers import Block, map_headers
from jaring.rosters.reading import Sheet, Sheets
from jaring.rosters.synonyms import key

#: Fields whose cells are read differently when Excel holds them as numbers.
NUMERIC = ("nik", "no_kk", "wage", "income", "amount", "land", "phone")


@dataclass(frozen=True)
class Gathered:
    """``raw``: row_no, sheet, block, section, and the fields found, as text (``<field>_n``: typed as number).

    ``ignored``: rows of no person, each with sheet, row_no and why.
    """

    format: Format
    blocks: list[Block]
    raw: pl.DataFrame
    ignored: list[dict[str, object]] = field(default_factory=list)
    context: str = ""
    names: tuple[str, ...] = ()

    def sheet_name(self, number: int) -> str:
        """The name of the sheet that a table stands on."""
        return self.names[self.blocks[number].sheet]


def gather(
    sheets: Sheets, *, office: str = "", kind: str | None = None, learnt: Mapping[str, str] | None = None
) -> Gathered:
    """Find the tables, tell the kind of list, and put all rows under common names."""
    said = {**(learnt or {}), **_answered()}
    blocks = [block for n, sheet in enumerate(sheets.sheets) for block in map_headers(sheet, n, said)]
    titles = " ".join(block.titles for block in blocks[:20])
    names = " ".join(sheet.name for sheet in sheets.sheets)
    context = f"{sheets.file_name} {office} {names} {titles}".lower().replace("_", " ").replace("-", " ")
    heads = {key(text) for block in blocks for text in block.written.values()}
    fields = {name for block in blocks for name in block.columns.values()}
    chosen = formats.formats()[kind] if kind else formats.detect(heads, fields, context)
    if chosen.own:
        again = [map_headers(sheet, n, said, chosen.own) for n, sheet in enumerate(sheets.sheets)]
        blocks = [block for found in again for block in found]
    # In a workbook that has tables of people, a table without any is a legend or a list of codes.
    wanted = {"nik", "name", "member"} if chosen.persons else {"name", "employer"}
    useful = [block for block in blocks if wanted & set(block.columns.values())]
    parts, ignored = [], []
    for number, block in enumerate(useful):
        part, left = _rows(sheets, block, number)
        parts.append(part)
        ignored += left
    raw = pl.concat(parts, how="diagonal") if parts else pl.DataFrame()
    return Gathered(chosen, useful, raw, ignored, context, tuple(sheet.name for sheet in sheets.sheets))


def _answered() -> dict[str, str]:
    """The columns that an answered file of ours carries mean nothing when it comes back."""
    return {"status periksa": "-", "alasan": "-", "cara memperbaiki": "-"}


def _rows(sheets: Sheets, block: Block, number: int) -> tuple[pl.DataFrame, list[dict[str, object]]]:
    sheet = sheets.sheets[block.sheet]
    why, sections, stop = others(sheet.frame, block)
    taken = _taken_short if stop - block.first <= SHORT else _taken_long
    rows = taken(sheet, block, number, stop, why, sections)
    left: list[dict[str, object]] = [
        {"sheet": sheet.name, "row_no": row + 1, "why": reason} for row, reason in why.items()
    ]
    return rows, left


def _taken_short(
    sheet: Sheet, block: Block, number: int, stop: int, why: dict[int, str], sections: dict[int, str]
) -> pl.DataFrame:
    """As ``_taken_long``, row by row: a query costs more than some hundred rows do."""
    height = stop - block.first
    rows = sheet.frame.slice(block.first, height).rows()
    kept = [at for at, row in enumerate(rows) if row.count(None) < len(row) and block.first + at not in why]
    columns: dict[str, list[object]] = {
        "row_no": [block.first + at + 1 for at in kept],
        "sheet": [sheet.name] * len(kept),
        "block": [number] * len(kept),
    }
    schema: dict[str, pl.DataType] = {"row_no": pl.Int64(), "sheet": pl.String(), "block": pl.Int32()}
    for column, name in block.columns.items():
        columns[name], schema[name] = [rows[at][column] for at in kept], pl.String()
    for column, name in block.columns.items():
        if name in NUMERIC and column in sheet.kinds:
            letters = sheet.kinds[column].slice(block.first, height).to_list()
            columns[f"{name}_n"], schema[f"{name}_n"] = [letters[at] == "n" for at in kept], pl.Boolean()
    for unit in list(block.units.values())[:1]:
        columns["land_unit"], schema["land_unit"] = [unit] * len(kept), pl.String()
    if sections:
        heads = pl.Series([sections.get(block.first + at) for at in range(height)], dtype=pl.String)
        columns["section"], schema["section"] = heads.forward_fill().gather(kept).to_list(), pl.String()
    return pl.DataFrame(columns, schema=schema)


def _taken_long(
    sheet: Sheet, block: Block, number: int, stop: int, why: dict[int, str], sections: dict[int, str]
) -> pl.DataFrame:
    height = stop - block.first
    picked = [pl.col(f"c{column}").alias(name) for column, name in block.columns.items()]
    for column, name in block.columns.items():
        if name in NUMERIC and column in sheet.kinds:
            letters = sheet.kinds[column].slice(block.first, height)
            picked.append(pl.lit(letters == "n").alias(f"{name}_n"))
    picked += [pl.lit(unit).alias("land_unit") for unit in list(block.units.values())[:1]]
    number_of_row = pl.int_range(pl.len(), dtype=pl.Int64) + block.first + 1
    if sections:
        heads = {row + 1: text for row, text in sections.items()}
        section = number_of_row.replace_strict(heads, default=None, return_dtype=pl.String)
        picked.append(section.forward_fill().alias("section"))
    person = pl.any_horizontal(pl.all().is_not_null())
    if why:
        person = person & ~number_of_row.is_in([row + 1 for row in why])
    return (
        sheet.frame.lazy()
        .slice(block.first, height)
        .select(
            number_of_row.alias("row_no"),
            pl.lit(sheet.name).alias("sheet"),
            pl.lit(number, dtype=pl.Int32).alias("block"),
            *picked,
            person=person,
        )
        .filter("person")
        .drop("person")
        .collect(engine="in-memory")
    )
