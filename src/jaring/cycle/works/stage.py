"""One stage of a month, or all of them; whoever must approve does so afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from jaring.cycle.actions import run as run_month
from jaring.cycle.job import Job, Result
from jaring.cycle.stages import Stage, stages
from jaring.cycle.works import Progress, Right
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.tables.home import folder

TITLE = "Tahap bulan berjalan"


def right(arguments: Mapping[str, Any]) -> Right | None:
    """To run the month. What was paid is counted by itself, whoever booked it."""
    return None if arguments.get("stage") == "cover" else ("month.run", None)


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``month`` (TTTT-BB), ``stage`` (null: all), ``by``; ``inbox`` unless the house's own.

    Nobody checks here: what needs a second person waits for that person's own sign-in. Nothing is written
    beside the database: files with names and NIKs are made for whoever fetches them.
    """
    only = arguments.get("stage")
    known = [stage for stage in stages() if only in (None, stage.name)]
    finished: list[str] = []

    def told(stage: Stage, result: Result, seconds: float) -> None:
        finished.append(stage.name)
        progress(len(finished), len(known), f"{stage.title}: selesai")

    def inside(what: str, done: int, of: int) -> None:
        title = known[len(finished)].title if len(finished) < len(known) else TITLE
        progress(len(finished), len(known), f"{title}: {what}" + (f" ({done} dari {of})" if of else ""))

    month = Month.parse(arguments["month"])
    job = Job(
        month=month,
        region=region(settings.REGION),
        inbox=Path(arguments.get("inbox") or folder("masuk")),
        outbox=None,
        by=arguments["by"],
        checker=None,
        progress=inside,
    )
    steps = run_month(job, only, told)
    return {
        "month": str(month),
        "stages": [step.name for step in steps],
        "counts": steps[0].counts if len(steps) == 1 else {},
        "waits_for": list(dict.fromkeys(step.waits_for for step in steps if step.waits_for)),
    }
