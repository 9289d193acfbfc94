"""One case shown line by line: the same rules on one row, with every step, value, article and warning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from jaring.facts.rupiah import written
from jaring.law import columns, eligibility, funding, outlook, price, units, wording
from jaring.law.asking import ask
from jaring.law.dated import Law
from jaring.law.loader import LawError
from jaring.law.price.rule import KINDS, PROGRAMMES
from jaring.law.reasons import reason
from jaring.law.settings import LocalSetting
from jaring.law.steps import SEPARATOR, Step

#: Everything that a case may say of itself.
INPUTS: dict[str, pl.DataType] = {**columns.WORKER, **outlook.INPUTS}
#: Facts that ask for a span of months; absent, the case is priced by its month or its contract.
_SPAN = ("months", "amount_idr")


@dataclass(frozen=True, slots=True)
class Cited:
    """A value of law that a line stands on, as it was on the case's date."""

    key: str
    text: str
    article: str
    confidence: str
    warning: str


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what it is, what it gave, and the law under it."""

    about: str
    column: str
    value: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A case from its facts to its answer. ``answer`` is what the bulk functions give for the row;
    ``outlook`` says in sentences what would make it another.
    """

    answer: dict[str, Any]
    lines: tuple[Line, ...]
    reasons: tuple[dict[str, Any], ...]
    outlook: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "answer": self.answer,
            "lines": [asdict(line) for line in self.lines],
            "reasons": list(self.reasons),
            "outlook": list(self.outlook),
        }


def case(facts: Mapping[str, Any], settings: Sequence[LocalSetting] = ()) -> Explained:
    """Explain the price of a case, and where it names segments, first its eligibility and funding.

    ``facts``: any of ``INPUTS``; values as text or of their type. With ``segments`` the kind,
    programmes and base follow from them (and from ``source``, where given). With ``months`` the price
    is of so many months paid at once; with ``amount_idr`` the answer is how many months it buys.
    """
    row = _row(facts)
    answer: dict[str, Any] = {}
    if row.get_column("segments").list.len().item():
        row, answer = _as_worker(row, settings)
    spans = [name for name in _SPAN if row.get_column(name).item() is not None]
    one = row.select([*columns.PRICE, *spans])
    priced = outlook.answered(one, settings).row(0, named=True)
    answer |= {name: _plain(cell) for name, cell in priced.items()}
    lines = _lines(one.select(list(columns.PRICE)), settings) if priced["kind"] in KINDS else ()
    if priced.get("months") and not priced["price_reason"]:
        parts = outlook.stretches(one.select(list(columns.PRICE)), priced["months"], settings)
        lines += tuple(Line(f"{name}, {how}", "iuran_idr", written(sum_), ()) for name, how, sum_ in parts)
    codes = [*answer.get("reasons", []), answer.get("reason"), priced["price_reason"]]
    told = (priced["price_warnings"], answer.get("warnings"), answer.get("advance_warnings"))
    codes += [code for text in told if text for code in text.split(SEPARATOR)]
    found = dict.fromkeys(code for code in codes if code)
    changes = outlook.changes(one, settings)
    return Explained(answer, lines, tuple(asdict(reason(code)) for code in found), tuple(changes))


def question(name: str, facts: Mapping[str, Any], settings: Sequence[LocalSetting] = ()) -> Explained:
    """Explain the answer of one concept's own question: ``question("benefits.jkk", {...})``."""
    one = ask(name)
    unknown = set(facts) - set(one.inputs)
    if unknown:
        raise LawError(f"keterangan tidak dikenal: {', '.join(sorted(unknown))}")
    cells = {key: columns.typed(kind, facts.get(key)) for key, kind in one.inputs.items()}
    row = pl.DataFrame([cells], schema=dict(one.inputs))
    law = Law(settings, on=one.day)
    found = one.answer(row, settings)
    day = found.get_column(one.day).item()
    lines = []
    for step in one.steps(law) if day else ():
        cites = _cites(step, found, law, day)
        said = _said(step.column, found.get_column(step.column).item())
        if cites or found.get_column(step.column).item():
            lines.append(Line(step.about, step.column, said, cites))
    answer = {key: _plain(cell) for key, cell in found.row(0, named=True).items()}
    codes = [*answer["reasons"], *answer["warnings"].split(SEPARATOR)]
    return Explained(answer, tuple(lines), tuple(asdict(reason(code)) for code in codes if code))


def _as_worker(row: pl.DataFrame, settings: Sequence[LocalSetting]) -> tuple[pl.DataFrame, dict[str, Any]]:
    """Eligibility, then the terms of the source where one is named, else those of the segment."""
    source = row.get_column("source").item()
    decided = eligibility.test(row, settings).row(0, named=True)
    terms = funding.lawful(row, source, settings).row(0, named=True) if source else decided
    answer = {name: _plain(cell) for name, cell in (decided | terms).items() if name != "person_id"}
    answer["warnings"] = SEPARATOR.join(filter(None, (decided["warnings"], terms["warnings"])))
    answer["reason"] = decided["reason"] or terms["reason"]
    used = {name: pl.lit(terms[name], INPUTS[name]) for name in columns.PRICE if name in terms}
    return row.with_columns(**used), answer


def _lines(row: pl.DataFrame, settings: Sequence[LocalSetting]) -> tuple[Line, ...]:
    law = Law(settings)
    month = row.get_column("month").item()
    if month is None:
        return ()
    found, steps = price.case(row, row.get_column("kind").item(), law)
    asked = (found.get_column("programmes").item() or "").split("+")
    steps = [step for step in steps if step.column.partition("_")[0] not in set(PROGRAMMES) - set(asked)]
    return tuple(
        Line(step.about, step.column, _said(step.column, found.get_column(step.column).item()), cites)
        for step in steps
        if (cites := _cites(step, found, law, month))
        or (step.column.endswith("_idr") and found.get_column(step.column).item() is not None)
    )


def _cites(step: Step, found: pl.DataFrame, law: Law, month: dt.date) -> tuple[Cited, ...]:
    acting = [
        c for c in step.cites if c.where is None or found.select(c.where.fill_null(False)).to_series().item()
    ]
    held = (law.on(cite.key, month) for cite in acting)
    return tuple(
        Cited(one.key, one.text, one.dated.article, one.dated.confidence, one.warning) for one in held if one
    )


def _said(column: str, value: Any) -> str:
    if isinstance(value, int) and column.endswith("_idr"):
        return written(value)
    if isinstance(value, int) and column in {"potongan", "jkk_bagian", "jkk_potongan", "jkm_potongan"}:
        return units.written(value, "persen")
    if isinstance(value, int) and not isinstance(value, bool) and column.endswith(("_bagian", "_parts")):
        return units.written(value, "persen")
    if isinstance(value, bool):
        return units.written(value, "ya-tidak")
    if isinstance(value, str) and " " not in value:
        return wording.code(value)
    return "tidak ada" if value is None else str(value)


def _row(facts: Mapping[str, Any]) -> pl.DataFrame:
    unknown = set(facts) - set(INPUTS)
    if unknown:
        raise LawError(f"keterangan tidak dikenal: {', '.join(sorted(unknown))}")
    cells = {name: columns.typed(INPUTS[name], facts.get(name)) for name in INPUTS}
    row = pl.DataFrame([cells], schema=INPUTS)
    return row.with_columns(columns.workers(row).get_columns())


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, dt.date) else cell
