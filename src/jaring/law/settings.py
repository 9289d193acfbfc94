"""Local settings: where the law read is silent or uncertain, what this office decided, when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NotRequired

from typing_extensions import TypedDict

from jaring.facts.strict_yaml import BrokenYaml, load
from jaring.law import units
from jaring.law.loader import LawError, value

#: One local setting in YAML, as an office's ``setelan.yaml`` and the examples write it.
Line = TypedDict(
    "Line",
    {"key": str, "value": str, "from": str, "to": NotRequired[str], "by": str, "reason": str},
)


@dataclass(frozen=True, slots=True)
class LocalSetting:
    """One decision of the office on one value of law. ``value`` is text in the unit of that value."""

    key: str
    value: str
    date_from: dt.date
    date_to: dt.date | None
    by: str
    reason: str

    def parsed(self) -> Any:
        """The value in its unit. LawError when it does not fit."""
        law = value(self.key)
        try:
            return units.parse(self.value, law.unit, law.choices)
        except ValueError as problem:
            raise LawError(f"setelan {self.key}: {problem}") from problem

    def overlaps(self, since: dt.date, until: dt.date | None) -> bool:
        """Whether any day of the span lies within this setting."""
        return (until is None or self.date_from <= until) and (self.date_to is None or since <= self.date_to)


def parse(text: str) -> tuple[LocalSetting, ...]:
    """The settings that a YAML text lists, checked. LawError says which one cannot stand."""
    if all(line.strip().startswith("#") for line in text.splitlines() if line.strip()):
        return ()
    try:
        found = listed(load(text, list[Line], "setelan.yaml"))
    except BrokenYaml as problem:
        raise LawError(str(problem)) from problem
    except ValueError as problem:
        raise LawError(f"setelan: {problem}") from problem
    check(found)
    return found


def listed(lines: Sequence[Line]) -> tuple[LocalSetting, ...]:
    """Settings from lines already read as ``Line``. ValueError for a day that is none."""
    return tuple(
        LocalSetting(
            line["key"],
            line["value"],
            dt.date.fromisoformat(line["from"]),
            dt.date.fromisoformat(line["to"]) if "to" in line else None,
            line["by"],
            line["reason"],
        )
        for line in lines
    )


def check(settings: Sequence[LocalSetting]) -> None:
    """LawError when a setting contradicts a regulation, another setting, or its own unit."""
    for setting in settings:
        setting.parsed()
        for dated in value(setting.key).dated:
            settled = dated.confidence in {"regulation", "official"}
            if settled and setting.overlaps(dated.since, dated.until):
                raise LawError(
                    f"setelan {setting.key}: {dated.article} sudah menetapkan nilainya sejak {dated.since}"
                )
    for one, other in combinations(settings, 2):
        if one.key == other.key and one.overlaps(other.date_from, other.date_to):
            raise LawError(f"setelan {one.key}: dua setelan berlaku pada hari yang sama")
