"""Words: what columns, codes, dates and cells of the law are called by an Indonesian official."""

from __future__ import annotations

import datetime as dt
from functools import cache

import polars as pl
from typing_extensions import TypedDict

from jaring.facts import rupiah
from jaring.facts.month import Month
from jaring.facts.strict_yaml import load
from jaring.law import units
from jaring.law.asking import asks
from jaring.law.dated import Law
from jaring.law.loader import ROOT, LawError, concept, names, value
from jaring.law.reasons import reason
from jaring.law.steps import SEPARATOR, Step

#: How well a value is known, in the words of the handbook.
CONFIDENCE = {
    "regulation": "naskah peraturan",
    "official": "laman resmi",
    "secondary": "sumber sekunder",
    "unknown": "belum ditemukan",
}
_WARNED = {
    "belum-pasti": "belum ditemukan ketentuannya",
    "sekunder": "dari sumber sekunder",
    "setelan-lokal": "menurut setelan kantor",
}


class _Words(TypedDict):
    columns: dict[str, str]
    codes: dict[str, str]


@cache
def words() -> dict[str, dict[str, str]]:
    """``words.yaml``, read once."""
    text = (ROOT / "words.yaml").read_text(encoding="utf-8")
    return {**load(text, _Words, "words.yaml")}


@cache
def step_words() -> dict[str, dict[str, str]]:
    """What the steps of each concept's question call the columns they make."""
    return {
        name: {step.column: step.about for step in one.steps(Law(on=one.day)) if isinstance(step, Step)}
        for name, one in asks().items()
    }


def column(name: str, within: str = "") -> str:
    """A column in words; LawError when nobody gave it any."""
    own = step_words().get(within, {}).get(name)
    every = (found[name] for found in step_words().values() if found.get(name))
    said = own or words()["columns"].get(name) or next(every, None)
    if not said:
        raise LawError(f"kolom {name!r} belum punya sebutan dalam words.yaml")
    return said


def code(text: str) -> str:
    """A code in words: of a kind, segment, programme, source or choice; else its own letters."""
    if text in words()["codes"]:
        return words()["codes"][text]
    if f"segments.{text}" in names():
        return concept(f"segments.{text}").title
    if text and all(part in {"jkk", "jkm", "jht", "jp", "jkp", "jkn"} for part in text.split("+")):
        return " + ".join(part.upper() for part in text.split("+"))
    return text.replace("_", " ")


def day(one: dt.date) -> str:
    """``2 Desember 2019``."""
    return f"{one.day} {Month.of(one).name}"


def cell(name: str, text: str, kind: pl.DataType | None = None) -> str:
    """A cell of an example as an official reads it, from its text and the name of its column."""
    if text == "":
        return "tidak ada"
    if name.endswith("reason") or name in {"reasons", "arrears"}:
        return " ".join(reason(one.strip()).sentence for one in text.split(","))
    if name.endswith("warnings"):
        return warned(text)
    plain = text.replace("_", "")
    if plain.lstrip("-").isdigit():
        if name.endswith("_idr"):
            return rupiah.written(int(plain))
        if name.endswith(("_parts", "_bagian")):
            return units.written(int(plain), "persen")
        return f"{int(plain):,}".replace(",", ".")
    try:
        return day(dt.date.fromisoformat(text)) if len(text) > len("2026-04") else Month.parse(text).name
    except ValueError:
        pass
    if ", " in text and " " not in text.replace(", ", ""):
        return ", ".join(code(one) for one in text.split(", "))
    return code(text) if " " not in text else text


def warned(text: str) -> str:
    """Warnings in words: what is not found, what is secondary, what the office set."""
    found: dict[str, list[str]] = {}
    for one in text.split(SEPARATOR):
        kind, _, key = one.partition(":")
        about = value(key).about if key else reason(one).sentence
        found.setdefault(_WARNED.get(kind, ""), []).append(about[0].lower() + about[1:] if key else about)
    return ". ".join(
        f"{kind}: {', '.join(abouts)}" if kind else " ".join(abouts) for kind, abouts in found.items()
    )


def content(held: object, unit: str) -> str:
    """A value of law as the handbook prints it, in words where it is a code."""
    if unit == "daftar" and isinstance(held, tuple):
        return ", ".join(code(one) if " " not in one else one for one in held) or "tidak ada"
    if unit == "pilihan":
        return code(str(held))
    return units.written(held, unit)
