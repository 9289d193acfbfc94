"""Worked examples: sentences with a case and what the law gives, run as tests, printed as the handbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NotRequired

import polars as pl
from typing_extensions import TypedDict

from jaring.facts.strict_yaml import BrokenYaml, load, one_of
from jaring.law import (
    advance,
    arrears,
    columns,
    conversion,
    due,
    eligibility,
    funding,
    membership,
    precedence,
    price,
)
from jaring.law.asking import ask, asks
from jaring.law.loader import ROOT, LawError
from jaring.law.settings import Line, LocalSetting, listed

Ask = Callable[[pl.DataFrame, Sequence[LocalSetting], str], pl.DataFrame]

#: What an example file may ask: each a function of the law that takes rows and adds columns.
ASKS: dict[str, Ask] = {
    "price": lambda rows, settings, _: price.monthly(rows, settings),
    "payable": lambda rows, settings, _: price.payable(rows, settings),
    "advance": lambda rows, settings, _: advance.payment(rows, settings),
    "conversion": lambda rows, settings, _: conversion.months(rows, settings),
    "due": lambda rows, settings, _: due.dates(rows, settings),
    "arrears": lambda rows, settings, _: arrears.standing(rows, settings),
    "eligibility": lambda rows, settings, _: eligibility.test(rows, settings),
    "funding": lambda rows, settings, concept: funding.lawful(rows, concept.rpartition(".")[2], settings),
    "jkm": lambda rows, settings, _: membership.jkm_benefit(rows, settings),
    "rank": lambda rows, settings, _: precedence.rank(rows, settings),
    # The concept's own question, where it has one.
    "own": lambda rows, settings, concept: ask(concept).answer(rows, settings),
}
_INPUTS: dict[str, pl.DataType] = {
    **columns.PRICE,
    **columns.WORKER,
    **membership.INPUTS,
    **arrears.INPUTS,
    **advance.INPUTS,
    **conversion.INPUTS,
    **{name: kind for one in asks().values() for name, kind in one.inputs.items()},
}
_Asks = Annotated[str, one_of(ASKS)]


class _Case(TypedDict):
    case: str
    asks: NotRequired[_Asks]
    given: dict[str, str]
    settings: NotRequired[list[Line]]
    expect: NotRequired[dict[str, str]]
    table: NotRequired[str]


class _File(TypedDict):
    asks: _Asks
    examples: list[_Case]


@dataclass(frozen=True, slots=True)
class Example:
    """One case: a sentence, the row given, the cells expected, the settings that act.

    ``case`` is the sentence that the lines of one table share.
    """

    concept: str
    case: str
    sentence: str
    asks: str
    given: dict[str, str]
    expect: dict[str, str]
    settings: tuple[LocalSetting, ...]

    def got(self) -> dict[str, str]:
        """What the law gives for the expected columns, as text."""
        row = {name: columns.typed(_INPUTS[name], text) for name, text in self.given.items()}
        frame = pl.DataFrame([row], schema={name: _INPUTS[name] for name in row})
        answer = ASKS[self.asks](frame, self.settings, self.concept).row(0, named=True)
        return {name: _text(answer[name]) for name in self.expect}

    def wanted(self) -> dict[str, str]:
        """The expected cells in the same writing as ``got``."""
        return {
            name: text.replace("_", "") if _is_number(text) else text for name, text in self.expect.items()
        }


def of(concept: str) -> list[Example]:
    """The examples of a concept; a ``table`` gives one for each of its lines."""
    path = ROOT.joinpath(*concept.split("."), "examples.yaml")
    label = str(path.relative_to(ROOT))
    try:
        data: _File = load(path.read_text(encoding="utf-8"), _File, label)
        return [
            made
            for body in data["examples"]
            for made in _expanded(concept, body.get("asks", data["asks"]), body)
        ]
    except BrokenYaml as problem:
        raise LawError(str(problem)) from problem
    except (ValueError, KeyError) as problem:
        raise LawError(f"{label}: {problem}") from problem


def _expanded(concept: str, asks: str, body: _Case) -> Iterator[Example]:
    settings = listed(body.get("settings", []))
    given, expect = body["given"], body.get("expect", {})
    if "table" not in body:
        yield Example(concept, body["case"], body["case"], asks, given, expect, settings)
        return
    header, *lines = [line for line in body["table"].splitlines() if line.strip()]
    ins, outs = (side.split() for side in header.split("|"))
    for line in lines:
        left, right = (side.split() for side in line.split("|"))
        sentence = f"{body['case']}: {' '.join(left)}"
        yield Example(
            concept,
            body["case"],
            sentence,
            asks,
            {**given, **dict(zip(ins, left, strict=True))},
            {**expect, **dict(zip(outs, right, strict=True))},
            settings,
        )


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    return ", ".join(map(str, cell)) if isinstance(cell, list) else str(cell)


def _is_number(text: str) -> bool:
    return text.replace("_", "").isdigit()
