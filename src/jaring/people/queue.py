"""The review queue for people: counts, and the open cases as a workbook with NIKs masked."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import xlsxwriter

from jaring.facts import nik as nik_facts
from jaring.people import pairs, register
from jaring.tables.frames import read

FIELDS = {
    "name": "nama",
    "born": "tanggal lahir",
    "sex": "jenis kelamin",
    "place": "desa",
    "nik": "NIK",
    "kk": "nomor KK",
    "mother": "nama ibu",
    "tel": "telepon",
}
STATES = {
    "open": "menunggu",
    "asked": "ditanyakan",
    "answered": "dijawab desa",
    "same": "diputus sama",
    "different": "diputus berbeda",
    "closed": "tertutup sendiri",
}


def counts() -> dict[str, int]:
    """Cases by state; every state stands there, also with 0."""
    found = dict(read("SELECT state, count(*) AS n FROM people_review GROUP BY state").iter_rows())
    return {state: found.get(state, 0) for state in STATES}


def waiting() -> pl.DataFrame:
    """Open and asked cases, the weightiest first: both sides and the weight of each field.

    A masked NIK never stands beside both birth date and kecamatan (both are inside it): of the place
    only its weight is told.
    """
    cases = read(
        "SELECT v.id AS kasus, v.state, v.weight, a.id AS left_id, b.id AS right_id, a.name AS nama_1,"
        " b.name AS nama_2, a.birth_date AS lahir_1, b.birth_date AS lahir_2,"
        " v.weights::text AS weights FROM people_review v"
        " JOIN people_person a ON a.id = v.left_person_id JOIN people_person b ON b.id = v.right_person_id"
        " WHERE v.state IN ('open', 'asked', 'answered') ORDER BY v.weight DESC, v.id"
    )
    held = register.with_nik(pl.concat([cases["left_id"], cases["right_id"]]).unique().to_list())
    masked = held.select(
        "person_id", nik=pl.col("nik").map_elements(nik_facts.masked, return_dtype=pl.String)
    )
    for side, key in (("1", "left_id"), ("2", "right_id")):
        cases = cases.join(
            masked.rename({"nik": f"nik_{side}"}),
            left_on=key,
            right_on="person_id",
            how="left",
            maintain_order="left",
        )
    weights = pl.col("weights").str.json_decode(pl.Struct(dict.fromkeys(pairs.FIELDS, pl.Float64)))
    return cases.with_columns(weights=weights).unnest("weights").drop("left_id", "right_id")


def export(path: Path) -> int:
    """Write the waiting cases to ``path``; returns how many. All cells of text are written as text."""
    cases = waiting()
    heads = {"kasus": "KASUS", "state": "STATUS", "weight": "BOBOT"}
    for side in ("1", "2"):
        heads |= {
            f"nama_{side}": f"NAMA {side}",
            f"nik_{side}": f"NIK {side}",
            f"lahir_{side}": f"LAHIR {side}",
        }
    heads |= {name: f"BOBOT {label.upper()}" for name, label in FIELDS.items()}
    heads["answer"] = "PUTUSAN (SAMA/BERBEDA/TANYA)"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("kasus")
        bold = book.add_format({"bold": True})
        for column, head in enumerate(heads.values()):
            sheet.write_string(0, column, head, bold)
        for line, case in enumerate(cases.iter_rows(named=True), 1):
            for column, name in enumerate(heads):
                value = case.get(name)
                if name == "state":
                    value = STATES[str(value)]
                if isinstance(value, (int, float)):
                    sheet.write_number(line, column, value)
                elif value is not None:
                    sheet.write_string(line, column, str(value))
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return cases.height
