"""Letters and annexes as PDF: a template of this folder, data in, the same bytes for the same data.

A new letter is one ``<name>.typ`` here. Data travel as JSON beside the template and are never part of
its text, so that no name on a list can change what a letter does.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import typst

from jaring.facts.month import NAMES
from jaring.facts.reason import refuse

_FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The letters there are."""
    return sorted(path.stem for path in _FOLDER.glob("*.typ") if path.stem != "surat")


def render(name: str, data: dict[str, Any], out: Path | None = None, *, tagged: bool = True) -> bytes:
    """The letter as PDF bytes, also written to ``out`` when given.

    ``tagged``: with the structure that a screen reader follows; a long list is thirteen times as heavy
    with it (24 MB against 1.8 for 17,000 names). ``data["date"]`` (ISO) dates the letter and the file;
    nothing else about time or machine goes in.
    """
    if name not in names():
        raise refuse(
            "surat-tak-dikenal", f"Tidak ada surat bernama {name!r}.", f"Yang ada: {', '.join(names())}."
        )
    pdf = typst.compile(
        str(_FOLDER / f"{name}.typ"),
        root=str(_FOLDER),
        ignore_system_fonts=True,
        pdf_tags=tagged,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )
    if not isinstance(pdf, bytes):
        raise TypeError("one document gives one file")
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(pdf)
    return pdf


def long_date(day: dt.date) -> str:
    """``30 Oktober 2024``."""
    return f"{day.day} {NAMES[day.month - 1]} {day.year}"


_ONES = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]


def in_words(number: int) -> str:
    """A sum as a letter spells it: 288489600 → ``dua ratus delapan puluh delapan juta …``."""
    if number < 0:
        return f"minus {in_words(-number)}"
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    for size, word in (
        (10**12, "triliun"),
        (10**9, "miliar"),
        (10**6, "juta"),
        (1000, "ribu"),
        (100, "ratus"),
        (10, "puluh"),
    ):
        if number >= size:
            count, rest = divmod(number, size)
            head = f"se{word}" if count == 1 and size in (100, 1000) else f"{in_words(count)} {word}"
            return f"{head} {in_words(rest)}" if rest else head
    raise AssertionError("unreachable")
