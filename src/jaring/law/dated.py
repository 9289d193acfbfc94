"""The law on a date, and the law over a column of dates: each row sees the value of its own month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from jaring.facts.month import Month
from jaring.law import units
from jaring.law.loader import Dated, LawError, concept, group, keys, value
from jaring.law.settings import LocalSetting, check

#: The warning that a value carries, by how well it is known.
_WARNING = {"secondary": "sekunder", "unknown": "belum-pasti", "setting": "setelan-lokal"}


@dataclass(frozen=True, slots=True)
class InForce:
    """One value on one day, as the handbook and ``jaring law values`` show it."""

    key: str
    about: str
    unit: str
    value: Any
    dated: Dated
    setting: LocalSetting | None

    @property
    def text(self) -> str:
        return units.written(self.value, self.unit)

    @property
    def warning(self) -> str:
        """The warning code that travels with every use of the value; empty when none does."""
        kind = _WARNING.get("setting" if self.setting else self.dated.confidence)
        return f"{kind}:{self.key}" if kind else ""


def in_force(on: dt.date | Month, settings: Sequence[LocalSetting] = ()) -> dict[str, InForce]:
    """Every value of law that holds on a day (a month: its first day), by key."""
    day = on.first if isinstance(on, Month) else on
    law = Law(settings)
    return {key: found for key in keys() if (found := law.on(key, day)) is not None}


class Law:
    """The values of law as expressions over a date column. Rules read it as ``law["bpu.jkm"]``.

    ``on`` names the date column that decides which value holds; a row whose date no value
    covers gets null. ``fixed``: the one date that the column holds, and the law is read for it alone.
    ``seen`` are the keys that were asked for.
    """

    def __init__(
        self, settings: Sequence[LocalSetting] = (), on: str = "month", fixed: dt.date | None = None
    ) -> None:
        check(settings)
        self.settings = tuple(settings)
        self.day = on
        self.fixed = fixed
        self.seen: set[str] = set()
        self._day = pl.col(on)
        self._on: dict[tuple[str, dt.date], InForce | None] = {}

    def at(self, day: dt.date) -> Law:
        """The same law for rows that all have this date: one value each, nothing to compare."""
        one = Law(self.settings, self.day, day)
        one._on = self._on
        return one

    def __getitem__(self, key: str) -> pl.Expr:
        """The value in force on each row's date: rupiah and counts as integers, rates as parts."""
        kind = units.TYPES.get(value(key).unit)
        if kind is None:
            raise LawError(f"{key} adalah daftar atau tabel: pakai holds atau look_up")
        return self._by_date(key, lambda dated, _: pl.lit(dated.value, kind), pl.lit(None, kind))

    def holds(self, key: str, item: str) -> pl.Expr:
        """Whether the list in force contains ``item``."""
        return self._by_date(key, lambda dated, _: pl.lit(item in dated.value), pl.lit(False))

    def look_up(self, key: str, amount: pl.Expr, column: int = 1) -> pl.Expr:
        """The cell of the table in force in the last row that starts at or below ``amount``."""

        def cell(dated: Dated, _: LocalSetting | None) -> pl.Expr:
            starts, cells = (pl.Series([row[n] for row in dated.value]) for n in (0, column))
            place = pl.lit(starts).search_sorted(amount, side="right").cast(pl.Int64()) - 1
            return pl.when(amount >= starts[0]).then(pl.lit(cells).gather(pl.max_horizontal(place, 0)))

        return self._by_date(key, cell, pl.lit(None, pl.Int64()))

    def marginal(self, key: str, amount: pl.Expr, column: int = 1) -> pl.Expr:
        """``amount`` cut at the rows of the table in force, each slice times its own rate, in parts."""

        def slices(dated: Dated, _: LocalSetting | None) -> pl.Expr:
            ends = [row[0] for row in dated.value[1:]]
            rates = [row[column] for row in dated.value]
            # What each slice adds over the rate before it: no slice needs an upper end.
            steps = zip([0, *ends], [rates[0], *(b - a for a, b in pairwise(rates))], strict=True)
            return pl.sum_horizontal(pl.max_horizontal(amount - start, 0) * more for start, more in steps)

        return pl.when(amount.is_not_null()).then(self._by_date(key, slices, pl.lit(None, pl.Int64())))

    def of(self, folder: str, name: str, chosen: pl.Expr) -> pl.Expr:
        """The value ``name`` of the concept of ``folder`` that each row names in ``chosen``."""
        return pl.coalesce(pl.when(chosen == one).then(self[key]) for one, key in members(folder, name))

    def article(self, key: str) -> pl.Expr:
        """The article that the value in force on each row's date stands in."""
        return self._by_date(key, lambda dated, _: pl.lit(dated.article), pl.lit(None, pl.String()))

    def warning(self, key: str) -> pl.Expr:
        """The warning code that the value carries on each row's date, or null."""

        def code(dated: Dated, setting: LocalSetting | None) -> pl.Expr:
            kind = _WARNING.get("setting" if setting else dated.confidence)
            return pl.lit(f"{kind}:{key}" if kind else None, pl.String())

        return self._by_date(key, code, pl.lit(None, pl.String()))

    def on(self, key: str, day: dt.date) -> InForce | None:
        """The value on one day, or None where none holds."""
        if (key, day) not in self._on:
            held = (one for one in self._periods(key) if one[0].holds_on(day))
            law, (dated, setting) = value(key), next(held, (None, None))
            self._on[key, day] = (
                InForce(key, law.about, law.unit, dated.value, dated, setting) if dated else None
            )
        return self._on[key, day]

    def changes(self, of: Iterable[str] | None = None) -> list[dt.date]:
        """Every day from which some value (of these keys; else of all) is another than the day before."""
        return sorted({day for key in (keys() if of is None else of) for day in self.changes_of(key)})

    def changes_of(self, key: str) -> list[dt.date]:
        """Every day on which a period of one value begins, or has just ended."""
        spans = [dated for dated, _ in self._periods(key)]
        ends = {dated.until + dt.timedelta(days=1) for dated in spans if dated.until}
        return sorted(ends | {dated.since for dated in spans})

    def periods(self, key: str) -> list[Dated]:
        """What the value is in each of its periods, the office's settings first."""
        return [dated for dated, _ in self._periods(key)]

    def _periods(self, key: str) -> Iterable[tuple[Dated, LocalSetting | None]]:
        """Every period of the value: the office's settings before the law that they stand in for."""
        for setting in self.settings:
            if setting.key == key:
                article = f"Setelan {setting.by}: {setting.reason}"
                yield (
                    Dated(setting.date_from, setting.date_to, setting.parsed(), article, "unknown"),
                    setting,
                )
        for dated in value(key).dated:
            yield dated, None

    def _by_date(
        self, key: str, make: Callable[[Dated, LocalSetting | None], pl.Expr], otherwise: pl.Expr
    ) -> pl.Expr:
        self.seen.add(key)
        if self.fixed is not None:
            now = self.on(key, self.fixed)
            return make(now.dated, now.setting) if now else otherwise
        chain: Any = pl
        for dated, setting in self._periods(key):
            held = self._day >= dated.since
            if dated.until is not None:
                held &= self._day <= dated.until
            chain = chain.when(held).then(make(dated, setting))
        return otherwise if chain is pl else chain.otherwise(otherwise)


def members(folder: str, name: str) -> list[tuple[str, str]]:
    """The concepts of a folder that have a value ``name``, each with the value's key."""
    return [
        (one, f"{folder}.{one}.{name}") for one in group(folder) if name in concept(f"{folder}.{one}").values
    ]
