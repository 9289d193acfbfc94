"""What a run of a month is given, and what a stage gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jaring.facts.month import Month
from jaring.facts.region import Region

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Job:
    """What a run of a month is given. ``checker`` approves what ``by`` made; without one the run waits."""

    month: Month
    region: Region
    inbox: Path
    outbox: Path
    by: str
    checker: str | None
    progress: Progress = field(default=lambda what, done, of: None, repr=False)


@dataclass(frozen=True)
class Result:
    """Counts for people and machines; ``waits_for`` says, in words, what must come from outside."""

    counts: dict[str, Any]
    waits_for: str = ""
