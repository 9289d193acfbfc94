"""The chart of accounts: one account of each kind for every fund. The kinds stand in ``chart.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from typing_extensions import TypedDict

from jaring.facts.strict_yaml import load

#: What a fund may be called: the letters that every plain-text accounting program takes in a name.
FUND_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,59}")


class _Line(TypedDict):
    kelompok: str
    jenis: str
    sisi: Literal["debit", "kredit"]
    arti: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of account: its group, its name, the side it stands on, what it holds."""

    group: str
    name: str
    side: str
    meaning: str

    def of(self, fund: str) -> str:
        """The account of this kind that belongs to ``fund``."""
        return f"{self.group}:{self.name}:{fund}"


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its short name (``Pagu``, ``Komitmen``, ``Kas`` …), in the order of the chart."""
    text = (Path(__file__).parent / "chart.yaml").read_text(encoding="utf-8")
    rows: list[_Line] = load(text, list[_Line], "chart.yaml")
    return {r["jenis"]: Kind(r["kelompok"], r["jenis"], r["sisi"], r["arti"]) for r in rows}


def account(kind: str, fund: str) -> str:
    """``account("Komitmen", "DBHCHT-2026") == "Anggaran:Komitmen:DBHCHT-2026"``."""
    return kinds()[kind].of(fund)
