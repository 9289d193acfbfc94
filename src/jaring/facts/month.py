"""Months: the unit of protection. In frames and tables a month is the date of its first day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_FORM = re.compile(r"(\d{4})-(\d{2})")

NAMES = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One calendar month. ``Month(2026, 4) + 9 == Month(2027, 1)``."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2200 and 1 <= self.number <= 12):
            raise ValueError(f"not a month: {self.year}-{self.number}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``YYYY-MM``; anything else is a ValueError that says so."""
        found = _FORM.fullmatch(text.strip())
        if not found:
            raise ValueError(f"bulan harus ditulis TTTT-BB, misalnya 2026-04; yang diterima: {text!r}")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: dt.date) -> Month:
        return cls(day.year, day.month)

    @property
    def ordinal(self) -> int:
        return self.year * 12 + self.number - 1

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def last(self) -> dt.date:
        return (self + 1).first - dt.timedelta(days=1)

    def __add__(self, months: int) -> Month:
        year, number = divmod(self.ordinal + months, 12)
        return Month(year, number + 1)

    def __sub__(self, months: int) -> Month:
        return self + -months

    def until(self, other: Month) -> list[Month]:
        """Every month from this one to ``other``, both included."""
        return [self + step for step in range(other.ordinal - self.ordinal + 1)]

    @property
    def name(self) -> str:
        """As a letter writes it: ``April 2026``."""
        return f"{NAMES[self.number - 1]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
