"""Units: how the text of a value in ``values.yaml`` becomes a number, a choice or a table."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

from jaring.facts.rupiah import RATE_PARTS

#: Whole numbers, whatever they count. Digits may be parted by underscores: ``1_100_000``.
_WHOLE = frozenset({"rupiah", "bulan", "hari", "tahun", "m2", "orang", "tanggal", "urutan", "kali", "jam"})

#: The type that a value of each unit has in a column.
TYPES: dict[str, pl.DataType] = {
    **dict.fromkeys(_WHOLE, pl.Int64()),
    "persen": pl.Int64(),
    "ya-tidak": pl.Boolean(),
    "pilihan": pl.String(),
    "teks": pl.String(),
}
#: Units whose value is asked item by item (``Law.holds``) or looked up (``Law.look_up``).
UNITS = frozenset(TYPES) | {"daftar", "tabel"}


def parse(text: str, unit: str, choices: tuple[str, ...] = ()) -> Any:
    """The value that ``text`` stands for. ValueError says what is wrong with it.

    ``persen`` gives parts of 100,000 and accepts only what such parts hold exactly.
    """
    text = text.strip()
    if unit in _WHOLE:
        return int(text)
    if unit == "persen":
        return _rate(text)
    if unit == "ya-tidak":
        if text not in {"ya", "tidak"}:
            raise ValueError(f"harus ya atau tidak, bukan {text!r}")
        return text == "ya"
    if unit == "pilihan":
        if text not in choices:
            raise ValueError(f"{text!r} bukan salah satu dari {', '.join(choices)}")
        return text
    if unit == "daftar":
        return tuple(item.strip() for item in text.split(",") if item.strip())
    if unit == "tabel":
        return _table(text)
    return text


def written(value: Any, unit: str) -> str:
    """A value as an official reads it: ``Rp16.800``, ``0,24 %``, ``ya``."""
    if value is None:
        return "tidak ada"
    if unit == "persen":
        return f"{(Decimal(value) * 100 / RATE_PARTS).normalize():f} %".replace(".", ",")
    if unit == "rupiah":
        return "Rp" + f"{value:,}".replace(",", ".")
    if unit == "ya-tidak":
        return "ya" if value else "tidak"
    if unit == "daftar":
        return ", ".join(value) or "(kosong)"
    if unit == "tabel":
        return f"tabel {len(value)} baris"
    if unit not in _WHOLE:
        return str(value)
    number = f"{value:,}".replace(",", ".")
    # A place in an order is a bare number; a day of the month comes after its word.
    return {"urutan": number, "tanggal": f"tanggal {number}", "m2": f"{number} m²"}.get(
        unit, f"{number} {unit}"
    )


def _rate(text: str) -> int:
    try:
        parts = Decimal(text.removesuffix("%").strip()) * RATE_PARTS / 100
    except InvalidOperation:
        raise ValueError(f"bukan persen: {text!r}") from None
    if not text.endswith("%") or parts != parts.to_integral_value():
        raise ValueError(f"{text!r} bukan persen yang tepat dalam bagian per {RATE_PARTS}")
    return int(parts)


def _table(text: str) -> tuple[tuple[int, ...], ...]:
    rows = tuple(tuple(int(cell) for cell in line.split()) for line in text.splitlines() if line.strip())
    starts = [row[0] for row in rows]
    if starts != sorted(set(starts)):
        raise ValueError("kolom pertama tabel harus naik")
    return rows
