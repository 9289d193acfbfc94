"""A question to one concept: what it must be told, the steps that answer, the grounds of refusal or warning.

A concept that answers for itself keeps its question as ``ASK`` in its ``__init__``. The same question
answers a frame of any length, runs the worked examples, and is shown line by line for one case.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import polars as pl

from jaring.law.dated import Law
from jaring.law.loader import LawError, names
from jaring.law.settings import LocalSetting
from jaring.law.steps import Cite, Step, Test, noted, run, with_codes


def _nothing(_: Law) -> list[Test]:
    return []


@dataclass(frozen=True, slots=True)
class Ask:
    """``day`` is the input that decides which law holds; ``silent``: what an absent fact means."""

    day: str
    inputs: Mapping[str, pl.DataType]
    steps: Callable[[Law], list[Step]]
    tests: Callable[[Law], list[Test]] = _nothing
    silent: Mapping[str, object] = field(default_factory=dict)

    def answer(self, frame: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
        """``frame`` with a column per step, ``reasons`` (codes), ``articles`` and ``warnings``; order kept.

        An input that ``frame`` lacks is null, or what silence means.
        """
        law = Law(settings, on=self.day)
        steps, tests = self.steps(law), self.tests(law)
        found = with_codes(run(self.told(frame), steps), tests, "reasons")
        return noted(found, [*steps, *map(_where_it_strikes, tests)], law)

    def told(self, frame: pl.DataFrame) -> pl.DataFrame:
        """``frame`` with every input, typed."""
        made = []
        for name, kind in self.inputs.items():
            column = pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind)
            made.append((column.fill_null(self.silent[name]) if name in self.silent else column).alias(name))
        return frame.with_columns(made)


@cache
def asks() -> dict[str, Ask]:
    """Every question, by the name of its concept; found by listing."""
    found = {}
    for name in names():
        one = getattr(importlib.import_module(f"jaring.law.{name}"), "ASK", None)
        if isinstance(one, Ask):
            found[name] = one
    return found


def ask(name: str) -> Ask:
    """The question of a concept. LawError when it has none."""
    try:
        return asks()[name]
    except KeyError:
        raise LawError(f"{name!r} tidak dapat ditanyai; yang dapat: {', '.join(asks())}") from None


def _where_it_strikes(test: Test) -> Test:
    return replace(test, cites=tuple(Cite(one.key, test.strikes) for one in test.cites))
