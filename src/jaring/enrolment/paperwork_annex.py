"""What the annex of an SK says: everybody by kecamatan and desa, name and code, never a NIK. Reads only."""

from __future__ import annotations

import textwrap
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import polars as pl

from jaring.enrolment.letters.apart import Setting
from jaring.enrolment.models import Decree
from jaring.enrolment.paperwork import head
from jaring.facts.month import NAMES, Month
from jaring.facts.region import Region
from jaring.facts.rupiah import dotted, written
from jaring.law.loader import concept, group
from jaring.tables.frames import read

#: People up to which an annex is one file.
_ONE_FILE = 3_000
#: Letters of a name that stand in one line of its column; a longer one goes on below.
_NAME = 28
#: What people of one group have in common.
_ALIKE = ("label", "month_from", "prices")
#: People of a block of the list, half of them beside the other half.
_BLOCK = 20


def annex(decree: Decree, region: Region, out: Path, *, about: str) -> list[Path]:
    """The annex of an SK, by kecamatan and desa. People stand in it by name and code, never by NIK.

    A long one comes in parts beside ``out``: the summary, then a file for each kecamatan.
    """
    return begun(decree, region, out, about=about).wait()


def begun(decree: Decree, region: Region, out: Path, *, about: str) -> Setting:
    """As ``annex``, set beside the work that goes on; it lies there once it was waited for."""
    data = _data(decree, region, about)
    if decree.people <= _ONE_FILE:
        return Setting("sk_lampiran", [(data, out)], tagged=False)
    districts = data["districts"]
    parts = [("rekapitulasi", [{**one, "villages": []} for one in districts])]
    parts += [(one["name"], [one]) for one in districts]
    set_ = [
        ({**data, "districts": shown, "part": name}, _part(out, number, name))
        for number, (name, shown) in enumerate(parts)
    ]
    return Setting("sk_lampiran", set_, tagged=False)


def lies(out: Path) -> bool:
    """Whether the annex is there, whole: in one file, or the summary, which is put in place last."""
    return out.exists() or _part(out, 0, "rekapitulasi").exists()


def _part(out: Path, number: int, name: str) -> Path:
    return out.with_name(f"{out.stem}-{number:02d}-{name.lower().replace(' ', '-')}.pdf")


def _data(decree: Decree, region: Region, about: str) -> dict[str, Any]:
    lines = read(
        """SELECT p.public_id, p.name, p.desa_code, l.segment, l.month_from, l.prices_idr::text[] AS prices
             FROM enrolment_decreeline l JOIN people_person p ON p.id = l.person_id
            WHERE l.decree_id = %s
            ORDER BY p.desa_code, l.segment, l.month_from, l.prices_idr, p.name, p.public_id""",
        [decree.pk],
    ).with_columns(prices=pl.col("prices").cast(pl.List(pl.Int64)))
    # Only what a reader may know stands in the data of the letter: no NIK, no birth date.
    return {
        **head(region, decree.date or decree.month, decree.number),
        "decider": f"Bupati {region.short}",
        "about": about,
        "people": decree.people,
        "months": decree.months,
        "total_idr": decree.total_idr,
        "districts": _districts(lines, region),
    }


def _districts(lines: pl.DataFrame, region: Region) -> list[dict[str, Any]]:
    titles = {s: concept(f"segments.{s}").title for s in group("segments")}
    units = {
        c: (f"{'Desa' if kind == 'desa' else 'Kelurahan'} {n}", k)
        for c, n, kind, _, k in region.units.iter_rows()
    }
    lines = lines.with_columns(
        n=pl.col("prices").list.len(),
        total=pl.col("prices").list.sum(),
        label=pl.col("segment").replace_strict(titles, default=pl.col("segment")),
        code=pl.col("public_id").str.slice(0, 8),
    )
    rows = lines.select("desa_code", *_ALIKE, "n", "total", "code", "name").rows(named=True)
    number = 0
    districts: dict[str, dict[str, Any]] = {}
    # Row by row in the order they came: a part of the frame for each of thousands of groups takes longer.
    for desa, people in groupby(rows, itemgetter("desa_code")):
        name, above = units.get(str(desa), ("Desa belum diketahui", "Kecamatan belum diketahui"))
        village: dict[str, Any] = {"name": name, "people": 0, "groups": [], "total_idr": 0}
        whole = districts.setdefault(
            above, {"name": above, "people": 0, "months": 0, "total_idr": 0, "villages": []}
        )
        for _, part in groupby(people, itemgetter(*_ALIKE)):
            alike = list(part)
            listed = [(dotted(number + n), row["code"], row["name"]) for n, row in enumerate(alike, 1)]
            blocks = [_block(listed[at : at + _BLOCK]) for at in range(0, len(listed), _BLOCK)]
            village["groups"].append({**_terms(alike[0]), "people": len(alike), "blocks": blocks})
            village["people"] += len(alike)
            village["total_idr"] += len(alike) * alike[0]["total"]
            whole["months"] += len(alike) * alike[0]["n"]
            number += len(alike)
        whole["people"] += village["people"]
        whole["total_idr"] += village["total_idr"]
        whole["villages"].append(village)
    return list(districts.values())


def _block(people: list[tuple[str, str, str]]) -> dict[str, Any]:
    """Up to twenty people as six columns of text, line beside line; how many lines the longer half has."""
    half = (len(people) + 1) // 2
    columns = [_columns(people[:half]), _columns(people[half:])]
    return {
        "lines": max(len(one[0]) for one in columns),
        "cells": ["\n".join(lines) for one in columns for lines in one],
    }


def _columns(people: list[tuple[str, str, str]]) -> tuple[list[str], list[str], list[str]]:
    """Number, code and name of each; a name of two lines leaves one free beside it."""
    numbers: list[str] = []
    codes: list[str] = []
    names: list[str] = []
    for number, code, name in people:
        lines = [name] if len(name) <= _NAME else textwrap.wrap(name, _NAME)
        free = [""] * (len(lines) - 1)
        numbers += [number, *free]
        codes += [code, *free]
        # Only where it is broken here, lest number and name come apart.
        names += [line.replace(" ", "\u00a0") for line in lines]
    return numbers, codes, names


def _terms(row: dict[str, Any]) -> dict[str, Any]:
    """What people of one group have in common: segment, months, price of a month and of all."""
    prices = row["prices"]
    return {
        "segment": row["label"],
        "months": f"{_span(Month.of(row['month_from']), row['n'])} ({row['n']} bulan)",
        "each": written(prices[0]) if len(set(prices)) == 1 else "berbeda tiap bulan",
        "total": written(row["total"]),
    }


def _span(first: Month, count: int) -> str:
    last = first + (count - 1)
    short = [NAMES[m.number - 1][:3] for m in (first, last)]
    if count == 1:
        return f"{short[0]} {first.year}"
    return f"{short[0]}–{short[1]} {last.year}" if first.year == last.year else f"{first}–{last}"
