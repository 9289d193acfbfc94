"""A list of people as a workbook that says who asked for it and why. Reads the register; writes nothing."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from jaring.enrolment import lifeline
from jaring.facts.month import Month
from jaring.facts.region import Region
from jaring.people import register, search
from jaring.people.models import Person

_HEADS = ("KODE", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "DESA", "KECAMATAN", "KEADAAN", "PEMBAYAR")


def chosen(parameters: Mapping[str, Any]) -> Any:
    """The people that the parameters of an export name: ``month, state, kecamatan, desa``."""
    people = search.people(
        desa_code=str(parameters.get("desa", "")), kecamatan_code=str(parameters.get("kecamatan", ""))
    )
    return lifeline.in_state(people, Month.parse(str(parameters["month"])), str(parameters.get("state", "")))


def described(parameters: Mapping[str, Any], region: Region) -> str:
    """How a list was chosen, in words."""
    parts = [Month.parse(str(parameters["month"])).name]
    parts.append(lifeline.ASKED.get(str(parameters.get("state", "")), "semua keadaan"))
    named = dict(region.kecamatan.iter_rows())
    parts.append(named.get(str(parameters.get("kecamatan", "")), "seluruh kabupaten"))
    if parameters.get("numbers"):
        parts.append("dengan NIK")
    return ", ".join(parts)


def book(
    people: list[Person], month: Month, region: Region, mark: str, *, day: dt.date, numbers: bool
) -> bytes:
    """The workbook: ``mark`` on the first line and at the foot of each page. ``numbers``: with the NIK."""
    units = {u["code"]: (u["name"], u["kecamatan"]) for u in region.units.iter_rows(named=True)}
    states = lifeline.standing([one.pk for one in people], month)
    niks: dict[int, str | None] = {}
    if numbers:
        opened = register.with_nik([one.pk for one in people]).select("person_id", "nik")
        niks = dict(opened.iter_rows())
    rows = []
    for one in people:
        desa, above = units.get(one.desa_code or "", ("", ""))
        state = states.get(one.pk, {})
        born = f"{one.birth_date:%d-%m-%Y}" if one.birth_date else ""
        row = [str(one.public_id)[:8], one.name, born, one.sex or "", desa, above]
        row += [state.get("title", ""), state.get("payer", "")]
        rows.append([*row, niks.get(one.pk) or ""] if numbers else row)
    return _written([*_HEADS, "NIK"] if numbers else list(_HEADS), rows, month, mark, day)


def _written(heads: list[str], rows: list[list[str]], month: Month, mark: str, day: dt.date) -> bytes:
    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, plain) as file:
        # The same list asked for once gives the same bytes whenever it is taken out.
        file.set_properties({"created": dt.datetime.combine(day, dt.time()), "title": f"Daftar {month.name}"})
        sheet = file.add_worksheet("daftar")
        bold, warn = (
            file.add_format({"bold": True}),
            file.add_format({"italic": True, "font_color": "#A4161A"}),
        )
        sheet.write_string(0, 0, mark, warn)
        for column, head in enumerate(heads):
            sheet.write_string(1, column, head, bold)
        for line, row in enumerate(rows, 2):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell)
        sheet.freeze_panes(2, 0)
        for column, head in enumerate(heads):
            widest = max((len(row[column]) for row in rows), default=0)
            sheet.set_column(column, column, min(max(widest, len(head)) + 2, 40))
        sheet.set_landscape()
        sheet.repeat_rows(1)
        sheet.set_footer(f"&L&8{mark[:200].replace('&', '&&')}&R&8&P dari &N")
    return out.getvalue()


def counted(people: Any) -> int:
    """How many; counted once, since the sum decides who must agree."""
    return int(people.count())


__all__ = ["book", "chosen", "counted", "described"]
