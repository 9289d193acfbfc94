"""Running the stages and noting what each did."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from jaring.cycle.job import Job, Result
from jaring.cycle.models import Step
from jaring.cycle.stages import Stage, stages
from jaring.facts.reason import refuse


def run(
    job: Job, only: str | None = None, told: Callable[[Stage, Result, float], None] | None = None
) -> list[Step]:
    """Take the month as far as it goes today. A stage that waits does not stop those that need not wait.

    ``only`` runs a single stage. Killed anywhere, the next run goes on: every stage is one or more
    whole transactions and repeats without doubling.
    """
    known = stages()
    wanted = [stage for stage in known if only in (None, stage.name)]
    if not wanted:
        names = ", ".join(stage.name for stage in known)
        raise refuse("tahap-tak-dikenal", f"Tidak ada tahap bernama {only!r}.", f"Pilih satu dari: {names}.")
    done = []
    try:
        for stage in wanted:
            started = time.perf_counter()
            result = stage.work(job)
            seconds = time.perf_counter() - started
            done.append(_note(job, stage, known.index(stage), result, seconds))
            if told:
                told(stage, result, seconds)
    finally:
        while job.papers:
            job.papers.pop().wait()
    return done


def _note(job: Job, stage: Stage, order: int, result: Result, seconds: float) -> Step:
    facts: dict[str, Any] = {
        "order": order,
        "done": not result.waits_for,
        "waits_for": result.waits_for,
        "counts": result.counts,
        "seconds": round(seconds, 3),
        "finished_at": timezone.now(),
        "by": job.by,
    }
    step, _ = Step.objects.update_or_create(month=job.month.first, name=stage.name, defaults=facts)
    return step
