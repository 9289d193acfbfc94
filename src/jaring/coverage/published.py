"""What others have published: active participants, workers, target, each with date, meaning and source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from typing_extensions import TypedDict

from jaring.facts.month import Month
from jaring.facts.reason import Confidence
from jaring.facts.rupiah import dotted
from jaring.facts.strict_yaml import load

#: How well a figure is known, in words.
CONFIDENCE = {
    "regulation": "dibaca di peraturan",
    "official": "halaman resmi",
    "secondary": "berita",
    "unknown": "dugaan, belum dipastikan",
}


class _One(TypedDict):
    as_of: str
    value: int
    counts: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Published:
    """One published number with everything needed to quote it."""

    kind: str
    as_of: Month
    value: int
    counts: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share that names both its numbers. There is no way to get the percentage without them."""

    numerator: Published
    denominator: Published

    @property
    def tenths_of_percent(self) -> int:
        """327 stands for 32.7 %; rounded half up."""
        return (self.numerator.value * 2000 + self.denominator.value) // (2 * self.denominator.value)

    def sentence(self) -> str:
        """Both numbers, both meanings, both dates, both sources."""
        whole, part = divmod(self.tenths_of_percent, 10)
        top, under = self.numerator, self.denominator
        return (
            f"{whole},{part} % = {dotted(top.value)} ({top.counts}; {top.source}) dari "
            f"{dotted(under.value)} ({under.counts}; {under.source}; "
            f"keyakinan: {CONFIDENCE[under.confidence]})"
        )


@cache
def published() -> tuple[Published, ...]:
    """Every published figure, in the order of the file."""
    text = resources.files(__package__).joinpath("published.yaml").read_text(encoding="utf-8")
    data: dict[str, list[_One]] = load(text, dict[str, list[_One]], "published.yaml")
    return tuple(
        Published(
            kind,
            Month.parse(item["as_of"]),
            item["value"],
            item["counts"],
            item["source"],
            item["confidence"],
        )
        for kind, items in data.items()
        for item in items
    )


def latest(kind: str, month: Month | None = None) -> Published:
    """The newest figure of a kind, not after ``month``; the oldest when all are later."""
    own = [p for p in published() if p.kind == kind]
    before = [p for p in own if month is None or p.as_of <= month]
    return max(before, key=lambda p: p.as_of) if before else min(own, key=lambda p: p.as_of)


def rivals(active: Published) -> tuple[Ratio, Ratio]:
    """The two percentages that stand in the press side by side: of workers, and of the target."""
    return Ratio(active, latest("workers")), Ratio(active, latest("target"))
