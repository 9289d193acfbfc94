"""The list of what the law's sources say, row by row: where each is modelled, or why it is not.

``index.yaml`` is that list. A row names values or reasons of the law (``keys``), another room's file
(``elsewhere``), or the reason why it is not modelled (``not_modelled``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NotRequired

from typing_extensions import TypedDict

from jaring.facts.strict_yaml import BrokenYaml, load
from jaring.law.loader import ROOT, LawError, concept, names, value
from jaring.law.reasons import catalogue


class _Line(TypedDict):
    row: str
    keys: NotRequired[str]
    elsewhere: NotRequired[str]
    not_modelled: NotRequired[str]


class _Part(TypedDict):
    topic: str
    rows: list[_Line]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sources, and where it went."""

    topic: str
    row: str
    keys: tuple[str, ...]
    elsewhere: str
    not_modelled: str

    def missing(self) -> list[str]:
        """Keys that no value, concept or reason of the law has."""
        return [key for key in self.keys if not _exists(key)]


@cache
def rows() -> tuple[Row, ...]:
    """Every row. LawError when the list cannot be read or a row leads nowhere."""
    try:
        text = (ROOT / "index.yaml").read_text(encoding="utf-8")
        data: list[_Part] = load(text, list[_Part], "index.yaml")
    except BrokenYaml as problem:
        raise LawError(str(problem)) from problem
    found = tuple(
        Row(
            part["topic"],
            body["row"],
            tuple(key.strip() for key in body.get("keys", "").split(",") if key.strip()),
            body.get("elsewhere", ""),
            body.get("not_modelled", ""),
        )
        for part in data
        for body in part["rows"]
    )
    for row in found:
        if not (row.keys or row.elsewhere or row.not_modelled):
            raise LawError(f"index.yaml: {row.topic}: {row.row!r} tidak menunjuk ke mana pun")
    return found


def _exists(key: str) -> bool:
    if key in names() or key in catalogue():
        return True
    try:
        value(key)
    except LawError:
        return False
    return bool(concept(key.rpartition(".")[0]).values)
