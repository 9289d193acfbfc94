"""DPMD: one workbook a desa of its officials and bodies, each village in its own dialect."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from jaring.world.dialects import DIALECTS, Dialect
from jaring.world.dice import dice, one
from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency
from jaring.world.written import date_cells, nik_cells, place_and_date, recased, typed, whole_column

#: Villages whose whole NIK column became numbers. [assumption]
_WHOLE_COLUMN = 0.04
#: Villages of which the manifest says nothing. [assumption]
_UNANNOUNCED = 0.08
_GROUPS = {
    "perangkat_desa": "Perangkat Desa",
    "bpd": "BPD",
    "rt_rw": "RT-RW",
    "kader": "Kader Posyandu",
    "satlinmas": "BKD",
    "staf_desa": "Staf dan Pekemit",
}
_SCHOOLS = ["SD", "SMP", "SMA", "SMA", "SMA", "S1", "D3", "Paket C"]


def write(regency: Regency, inbox: Inbox) -> None:
    """All villages' workbooks."""
    rng = dice(regency.seed, "dpmd")
    rows = typed(rng, regency.rows("aparatur"), regency.region, "aparatur")
    names = {u["code"]: u for u in regency.units.iter_rows(named=True)}
    for (code,), part in rows.partition_by("desa_code", as_dict=True, maintain_order=True).items():
        unit = names[str(code)]
        dialect: Dialect = one(rng, list(DIALECTS))
        part = recased(part, dialect.case)
        whole = bool(rng.random() < _WHOLE_COLUMN)
        part = whole_column(part) if whole else part
        slug = unit["name"].replace(" ", "_")
        pattern = one(
            rng,
            [
                "aparatur_{}.xlsx",
                "DATA APARATUR {}.xlsx",
                "{} - data perangkat 2026.xlsx",
                "Perangkat_{}.xlsx",
            ],
        )
        with Book(inbox, "dpmd", pattern.format(slug)) as book:
            _village(rng, book, dialect, part, unit, whole)
        if rng.random() >= _UNANNOUNCED:
            inbox.announce(book.path, kind="aparatur", desa_code=unit["code"], as_of="2026-03-01")


def _village(
    rng: np.random.Generator,
    book: Book,
    dialect: Dialect,
    part: pl.DataFrame,
    unit: dict[str, Any],
    whole: bool,
) -> None:
    """One village's sheets."""
    said = {
        "DESA": unit["name"].upper(),
        "Desa": unit["name"],
        "desa": unit["name"].lower(),
        "KECAMATAN": unit["kecamatan"].upper(),
        "Kecamatan": unit["kecamatan"],
        "NOMOR": str(int(rng.integers(10, 400))),
    }
    header = [head for _, head in dialect.columns]
    footer = _footer(rng, len(header), said, part) if dialect.footer else ()
    if dialect.split:
        for (group,), rows in part.partition_by("group", as_dict=True, maintain_order=True).items():
            title = _GROUPS[str(group)]
            titles = [t.format(GRUP=title.upper(), **said) for t in dialect.titles]
            cells = _cells(rng, dialect, rows, whole)
            book.sheet(
                title,
                header,
                cells,
                rows["person"],
                titles=titles,
                footer=footer,
                merged=dialect.merged,
                faults=rows,
            )
        return
    cells, persons, faults = _with_headings(rng, dialect, part, whole)
    titles = [t.format(GRUP="", **said) for t in dialect.titles]
    book.sheet(
        dialect.sheet,
        header,
        cells,
        persons,
        titles=titles,
        footer=footer,
        merged=dialect.merged,
        faults=faults,
    )


def _with_headings(
    rng: np.random.Generator, dialect: Dialect, part: pl.DataFrame, whole: bool
) -> tuple[list[Any], pl.Series, pl.DataFrame]:
    """All groups on one sheet: with a heading over each, with blank rows between, or neither."""
    cells: list[Any] = []
    pieces: list[pl.DataFrame] = []
    nobody = part.select("person", "nik_fault", "birth_fault").clear(1)
    for (group,), rows in part.partition_by("group", as_dict=True, maintain_order=True).items():
        if dialect.blanks and cells:
            cells.append(())
            pieces.append(nobody)
        if dialect.headings:
            cells.append(
                ("", _GROUPS[str(group)].upper()) if len(cells) % 2 else (_GROUPS[str(group)].upper(),)
            )
            pieces.append(nobody)
        cells += _cells(rng, dialect, rows, whole, start=sum(p.height for p in pieces if p["person"][0]) + 1)
        pieces.append(rows.select("person", "nik_fault", "birth_fault"))
    faults = pl.concat(pieces)
    return cells, faults["person"], faults


def _cells(
    rng: np.random.Generator, dialect: Dialect, rows: pl.DataFrame, whole: bool, start: int = 1
) -> list[tuple[Any, ...]]:
    """The rows in the dialect's columns."""
    count = rows.height
    dates = date_cells(rng, rows["t_birth"], dialect.dates)
    words = rng.random() < 0.3
    sex = rows["sex"].replace({"L": "Laki-laki", "P": "Perempuan"}) if words else rows["sex"]
    address = rows.select(
        pl.concat_str(pl.col("dusun").str.to_titlecase(), pl.lit(" RT "), "rt", ignore_nulls=True)
    ).to_series()
    wage: list[Any] = rows["wage_idr"].to_list()
    if rng.random() < 0.25:
        wage = [f"Rp {w:,}".replace(",", ".") for w in wage]
    columns: dict[str, list[Any]] = {
        "seq": list(range(start, start + count)),
        "name": rows["t_name"].to_list(),
        "nik": nik_cells(rows, whole_column_numeric=whole),
        "kk": rows["no_kk"].to_list(),
        "ttl": place_and_date(rows["birth_place"], dates),
        "place": rows["birth_place"].str.to_titlecase().to_list(),
        "date": dates,
        "sex": sex.to_list(),
        "position": rows["position"].to_list(),
        "address": address.to_list(),
        "dusun": rows["dusun"].to_list(),
        "rt": rows["rt"].to_list(),
        "rw": rows["rw"].to_list(),
        "phone": rows["t_phone"].to_list(),
        "wage": wage,
        "education": [_SCHOOLS[int(n)] for n in rng.integers(0, len(_SCHOOLS), count)],
        "desa": rows["t_desa"].to_list(),
        "kecamatan": rows["t_kecamatan"].to_list(),
    }
    return list(zip(*(columns[what] for what, _ in dialect.columns), strict=True))


def _footer(
    rng: np.random.Generator, width: int, said: dict[str, str], part: pl.DataFrame
) -> list[tuple[Any, ...]]:
    """Where and when, who signs: the name of the head of the village stands there without a NIK."""
    head = part.filter(pl.col("position") == "Kepala Desa")["t_name"]
    name = head[0] if len(head) else "."
    pad = ("",) * max(0, width - 3)
    lines = [
        (*pad, f"{said['Desa']}, 10 Maret 2026"),
        (*pad, f"Kepala Desa {said['Desa']}"),
        (),
        (),
        (*pad, name),
    ]
    if rng.random() < 0.4:
        lines.insert(0, ("JUMLAH", part.height))
    return lines
