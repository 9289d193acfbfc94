"""One file per measure, found by listing. Each has KEY, TITLE, and ``figures(inputs) -> frame``."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType

import polars as pl

from jaring.facts.month import Month
from jaring.facts.region import Region

#: What every measure returns, one row per group.
COLUMNS = (
    "dimension",
    "code",
    "numerator",
    "numerator_definition",
    "denominator",
    "denominator_definition",
    "as_of",
    "source",
)


@dataclass(frozen=True)
class Inputs:
    """Frames a measure may count from. ``paid`` and ``observed``: person_id, segment, source, document."""

    month: Month
    region: Region
    people: pl.DataFrame
    paid: pl.DataFrame
    observed: pl.DataFrame
    observed_month: Month | None


def measures() -> list[ModuleType]:
    """Every measure of this folder, in name order."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names]
