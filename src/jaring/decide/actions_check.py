"""Deciding a month again from what was known then, and leaving word of whether it came out the same."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from django.db import transaction

from jaring.decide.actions import recompute
from jaring.decide.models import Decision
from jaring.facts.month import Month
from jaring.journal.actions import record
from jaring.law import digest
from jaring.law.settings import LocalSetting


@transaction.atomic
def check(
    month: Month, *, by: str, settings: Sequence[LocalSetting] = ()
) -> tuple[dict[str, int], pl.DataFrame]:
    """Counts ``decisions, differ``, and the frame of ``decide.actions.recompute``: who differs, in what."""
    differing = recompute(month, settings)
    counts = {"decisions": standing_count(month), "differ": differing.height}
    record("decide.check", str(month), by=by, **counts, law=digest(settings))
    return counts, differing


def months_decided() -> list[Month]:
    """Months with decisions that stand, the newest first."""
    found = (
        Decision.objects.filter(superseded_at__isnull=True).order_by("-month").values_list("month", flat=True)
    )
    return [Month.of(month) for month in found.distinct()]


def standing_count(month: Month) -> int:
    """How many decisions of the month stand."""
    return Decision.objects.filter(month=month.first, superseded_at__isnull=True).count()
