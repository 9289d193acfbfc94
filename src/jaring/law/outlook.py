"""What would change a price: the next month in which it differs, another payer, an open question settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.facts.month import Month
from jaring.facts.rupiah import written
from jaring.law import advance, columns, conversion, price
from jaring.law.dated import Law
from jaring.law.loader import group, value
from jaring.law.price.rule import KINDS
from jaring.law.settings import LocalSetting
from jaring.law.spans import parts
from jaring.law.steps import SEPARATOR


def total(row: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> int | None:
    """The price of the one case of ``row``: of its month, its span, or its contract."""
    answer = answered(row, settings)
    found = answer.get_column("months" if "amount_idr" in row.columns else "iuran_idr").item()
    return int(found) if found is not None else None


def answered(row: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """``row`` with its price: by months where it names ``months`` or ``amount_idr``."""
    if "amount_idr" in row.columns:
        return conversion.months(row, settings)
    if "months" in row.columns:
        return advance.payment(row, settings)
    return price.payable(row, settings)


def stretches(
    row: pl.DataFrame, months: int, settings: Sequence[LocalSetting] = ()
) -> list[tuple[str, str, int]]:
    """The span from the case's month: name of each stretch, its months and price in words, its sum."""
    law, kind = Law(settings), row.get_column("kind").item()
    turns = _turns(law, kind)
    found: list[tuple[Month, int, int]] = []
    for first, length in parts(turns, row.get_column("month").item(), months):
        each = price.monthly(row.with_columns(month=pl.lit(first)), settings).get_column("iuran_idr").item()
        before = found[-1] if found else None
        if before and before[2] == each:
            found[-1] = (before[0], before[1] + length, each)
        elif each is not None:
            found.append((Month.of(first), length, each))
    return [
        (_named(since, length), f"{length} x {written(each)}", length * each) for since, length, each in found
    ]


def changes(row: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> list[str]:
    """Sentences on what would make this case cost something else. Empty for a case that has no price."""
    kind, month, now = row.get_column("kind").item(), row.get_column("month").item(), total(row, settings)
    if now is None or kind not in KINDS or month is None:
        return []
    return [
        *_later(row, kind, month, now, settings),
        *_other_payers(row, now, settings),
        *_settled(row, now, settings),
    ]


def _later(
    row: pl.DataFrame, kind: str, month: dt.date, now: int, settings: Sequence[LocalSetting]
) -> list[str]:
    for turn in sorted(one for one in _turns(Law(settings), kind) if one > Month.of(month)):
        then = total(row.with_columns(month=pl.lit(turn.first)), settings)
        if then != now:
            word = "Bila dimulai" if {"months", "amount_idr"} & set(row.columns) else "Mulai"
            return [f"{word} {turn.name}: {_said(row, then)}."]
    return []


def _other_payers(row: pl.DataFrame, now: int, settings: Sequence[LocalSetting]) -> list[str]:
    if row.get_column("kind").item() != "bpu":
        return []
    own = row.get_column("source").item()
    payers: dict[int | None, list[str]] = {}
    for source in group("funding"):
        if source != own:
            payers.setdefault(total(row.with_columns(source=pl.lit(source)), settings), []).append(source)
    return [
        f"Bila pembayarnya {', '.join(named)}: {_said(row, then)}."
        for then, named in payers.items()
        if then != now
    ]


def _settled(row: pl.DataFrame, now: int, settings: Sequence[LocalSetting]) -> list[str]:
    """For every open question that acts here and has few answers: what the other answers would give."""
    told = answered(row, settings).get_column("price_warnings").item() or ""
    taken = {one.key for one in settings}
    found = []
    for code in told.split(SEPARATOR):
        certainty, _, key = code.partition(":")
        if certainty == "setelan-lokal" or not key or key in taken:
            continue
        about = value(key)
        choices = about.choices or (("ya", "tidak") if about.unit == "ya-tidak" else ())
        for choice in choices:
            since = next((d.since for d in about.dated if d.confidence in {"secondary", "unknown"}), None)
            until = next((d.until for d in about.dated if d.since == since), None)
            if since is None:
                continue
            one = LocalSetting(key, choice, since, until, "", "")
            then = total(row, [*settings, one])
            if then != now:
                found.append(f"Bila {key} ditetapkan {choice}: {_said(row, then)}.")
    return found


def _said(row: pl.DataFrame, answer: int | None) -> str:
    if answer is None:
        return "tidak ada harganya"
    return f"{answer} bulan" if "amount_idr" in row.columns else written(answer)


def _turns(law: Law, kind: str) -> set[Month]:
    return {Month.of(day) + int(day.day > 1) for day in law.changes(price.keys(kind, law))}


def _named(since: Month, length: int) -> str:
    return since.name if length == 1 else f"{since.name}–{(since + (length - 1)).name}"


#: Everything that a case to explain may say of its price.
INPUTS: dict[str, pl.DataType] = {**columns.PRICE, "months": pl.Int64(), "amount_idr": pl.Int64()}
