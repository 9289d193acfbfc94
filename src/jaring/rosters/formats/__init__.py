"""The layouts of lists that offices and programs are known to write, one module each, found by listing.

A module holds one ``FORMAT``. A file's kind is the format with the most signs in it; a list without
signs is ``umum``. Adding a layout is adding a file.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import polars as pl


@dataclass(frozen=True)
class Format:
    """``heads``: header keys, ``fields``: mapped fields, ``words``: patterns in names and titles; each
    with its weight as a sign. ``own``: what headers mean in this layout. ``refine``: last touches."""

    kind: str
    label: str
    heads: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    #: Rows without any other claim belong to this segment.
    segment: str | None = None
    #: True where a position says nothing of the segment: a company's "staf" is no village's.
    whole: bool = False
    #: False for lists of things (projects); such rows are never linked to people.
    persons: bool = True
    #: False for files of other rooms (budgets, answers): intake leaves them alone.
    roster: bool = True
    refine: Callable[[pl.DataFrame, str], pl.DataFrame] | None = None


_ENOUGH = 4


@cache
def formats() -> dict[str, Format]:
    """Every format by its kind."""
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        own: Format = importlib.import_module(f"{__name__}.{module.name}").FORMAT
        found[own.kind] = own
    return found


def detect(heads: set[str], fields: set[str], context: str) -> Format:
    """The format with the most signs. ``context``: file, office, sheet names and titles, lower case."""
    best, most = formats()["umum"], _ENOUGH - 1
    for own in formats().values():
        signs = sum(weight for head, weight in own.heads.items() if head in heads)
        signs += sum(weight for name, weight in own.fields.items() if name in fields)
        signs += sum(weight for pattern, weight in own.words.items() if re.search(pattern, context))
        if signs > most:
            best, most = own, signs
    return best
