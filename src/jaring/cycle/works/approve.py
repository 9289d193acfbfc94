"""A long paper approved: what the checker pressed, carried out behind the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from jaring.cycle.works import Progress, Right
from jaring.enrolment import actions_batch, actions_decree
from jaring.enrolment.models import Batch
from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.facts.region import region
from jaring.funding import actions as funding

TITLE = "Persetujuan"
_RIGHTS = {"usulan": "fund.approve", "sk": "decree.approve", "berkas": "batch.approve"}


def right(arguments: Mapping[str, Any]) -> Right:
    """That of the paper."""
    return _RIGHTS[arguments["paper"]], None


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``paper`` (usulan, sk, berkas), ``key`` (its number; for files the month), ``by``, ``limit_idr``; for
    a decree ``number`` and ``date``, for files ``drafts``: the keys of those that were read.

    That a factor was just shown was asked when it was pressed; that it is not the maker, and that the sum
    is within the limit, is asked again here.
    """
    paper, by, limit = arguments["paper"], arguments["by"], arguments.get("limit_idr")
    progress(0, 1, "Menyetujui")
    if paper == "usulan":
        one = funding.approve(int(arguments["key"]), by=by, limit_idr=limit)
        return {"counts": {"orang": one.funded, "dijanjikan_idr": one.funded_idr}}
    if paper == "sk":
        day = arguments.get("date")
        counts = actions_decree.approve_decree(
            int(arguments["key"]),
            by=by,
            number=arguments.get("number") or None,
            date=dt.date.fromisoformat(day) if day else None,
            limit_idr=limit,
        )
        words = {"people": "orang", "months": "bulan_orang", "taken": "sudah_ada_pembayar"}
        return {"counts": {word: counts[name] for name, word in words.items()}}
    month = Month.parse(arguments["key"])
    held = Batch.objects.filter(month=month.first, state="draft")
    if sorted(held.values_list("pk", flat=True)) != sorted(arguments["drafts"]):
        raise refuse(
            "berkas-berubah",
            f"Berkas kirim {month.name} berubah sejak dibaca; tidak ada yang disetujui.",
            "Buka lagi halamannya, periksa, lalu setujui.",
        )
    actions_batch.approve_batches(month, None, region=region(settings.REGION), by=by, limit_idr=limit)
    return {"counts": {"berkas": len(arguments["drafts"])}}
