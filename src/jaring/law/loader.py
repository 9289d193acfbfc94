"""Reads ``values.yaml`` of every concept: strict YAML, all text, nothing dated twice, nothing uncited."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NotRequired

from typing_extensions import TypedDict

from jaring.facts.reason import Confidence, Reason, Severity
from jaring.facts.strict_yaml import BrokenYaml, load, one_of
from jaring.law import units

if TYPE_CHECKING:
    from jaring.law.settings import LocalSetting

ROOT = Path(__file__).parent

_Unit = Annotated[str, one_of(units.UNITS)]
_Dated = TypedDict(
    "_Dated",
    {
        "from": str,
        "to": NotRequired[str],
        "value": str,
        "article": str,
        "confidence": Confidence,
        "source": NotRequired[str],
        "note": NotRequired[str],
    },
)


class _Value(TypedDict):
    about: str
    unit: _Unit
    choices: NotRequired[str]
    columns: NotRequired[str]
    settled_by: NotRequired[str]
    dated: list[_Dated]


class _Reason(TypedDict):
    severity: Severity
    sentence: str
    mend: NotRequired[str]
    article: str
    confidence: Confidence


class _File(TypedDict):
    title: str
    about: str
    settled_by: NotRequired[str]
    affects: NotRequired[str]
    values: NotRequired[dict[str, _Value]]
    reasons: NotRequired[dict[str, _Reason]]


class LawError(Exception):
    """A file of the law, or a local setting, that cannot be relied on. Names the file or the key."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What a value is from one day to another (both included; ``until`` None: still in force)."""

    since: dt.date
    until: dt.date | None
    value: Any
    article: str
    confidence: Confidence
    source: str = ""
    note: str = ""

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Value:
    """One named value of law with its history, oldest first. ``key`` is ``<concept>.<name>``.

    ``settled_by``: who can give certainty where the value is uncertain; ``columns``: the headings of a
    table, each with its unit.
    """

    key: str
    about: str
    unit: str
    choices: tuple[str, ...]
    dated: tuple[Dated, ...]
    settled_by: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One folder of the law. ``name`` is its path with dots: ``bpu``, ``funding.dbhcht``.

    ``affects``: the kinds of membership (or ``employers``, ``villages``, ``officers``) that a change of it
    touches; empty: see ``changes``.
    """

    name: str
    title: str
    about: str
    values: dict[str, Value]
    reasons: dict[str, Reason]
    affects: tuple[str, ...] = ()


@cache
def names() -> tuple[str, ...]:
    """Every concept, found by listing the folders."""
    found = (path.parent.relative_to(ROOT) for path in ROOT.rglob("values.yaml"))
    return tuple(sorted(".".join(path.parts) for path in found))


def group(folder: str) -> tuple[str, ...]:
    """The last names of the concepts inside a folder: ``group("funding")`` → ``add``, ``apbd``, …"""
    prefix = f"{folder}."
    return tuple(name.removeprefix(prefix) for name in names() if name.startswith(prefix))


@cache
def concept(name: str) -> Concept:
    """One concept, read and checked. LawError names the file."""
    path = ROOT.joinpath(*name.split("."), "values.yaml")
    return read(path.read_text(encoding="utf-8"), name, str(path.relative_to(ROOT)))


def value(key: str) -> Value:
    """The value with this key, with all its dates."""
    name, _, last = key.rpartition(".")
    if name not in names() or last not in concept(name).values:
        raise LawError(f"nilai hukum {key!r} tidak dikenal")
    return concept(name).values[last]


def keys() -> list[str]:
    """Every key of every concept, in order."""
    return [found.key for name in names() for found in concept(name).values.values()]


def read(text: str, name: str, file: str) -> Concept:
    """The concept that the text of a ``values.yaml`` describes. LawError names ``file``."""
    try:
        data: _File = load(text, _File, file)
    except BrokenYaml as problem:
        raise LawError(str(problem)) from problem
    settled_by = data.get("settled_by", "")
    values = {
        last: _value(f"{name}.{last}", body, settled_by, file)
        for last, body in data.get("values", {}).items()
    }
    reasons = {code: _reason(code, body) for code, body in data.get("reasons", {}).items()}
    affects = tuple(one.strip() for one in data.get("affects", "").split(",") if one.strip())
    return Concept(name, data["title"], data["about"], values, reasons, affects)


def digest(settings: Sequence[LocalSetting] = ()) -> str:
    """A hash of every value, every rule and the local settings: the law that a decision was made under."""
    whole = hashlib.sha256()
    for path in sorted([*ROOT.rglob("values.yaml"), *ROOT.rglob("*.py")]):
        whole.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    for setting in sorted(map(repr, settings)):
        whole.update(setting.encode())
    return whole.hexdigest()


def _value(key: str, body: _Value, settled_by: str, file: str) -> Value:
    choices = tuple(choice.strip() for choice in body.get("choices", "").split(",") if choice.strip())
    dated: list[Dated] = []
    for line in body["dated"]:
        try:
            until = dt.date.fromisoformat(line["to"]) if "to" in line else None
            parsed = units.parse(line["value"], body["unit"], choices)
            since = dt.date.fromisoformat(line["from"])
        except ValueError as problem:
            raise LawError(f"{file}: {key}: {problem}") from problem
        if not line["article"].strip():
            raise LawError(f"{file}: {key}: nilai sejak {since} tidak menyebut pasal")
        dated.append(
            Dated(
                since,
                until,
                parsed,
                line["article"],
                line["confidence"],
                line.get("source", ""),
                line.get("note", ""),
            )
        )
    for earlier, later in pairwise(dated):
        if earlier.until is None or earlier.until >= later.since:
            raise LawError(f"{file}: {key}: nilai sejak {later.since} bertindihan dengan nilai sebelumnya")
    for line_ in dated:
        if line_.until is not None and line_.until < line_.since:
            raise LawError(f"{file}: {key}: nilai sejak {line_.since} berakhir sebelum berlaku")
    headings = [one.partition("=") for one in body.get("columns", "").split(",") if one.strip()]
    columns = tuple((heading.strip(), unit.strip()) for heading, _, unit in headings)
    return Value(
        key, body["about"], body["unit"], choices, tuple(dated), body.get("settled_by", settled_by), columns
    )


def _reason(code: str, body: _Reason) -> Reason:
    return Reason(
        code,
        body["severity"],
        body["sentence"],
        body.get("mend", ""),
        body["article"],
        body["confidence"],
    )
