"""A list of people that was asked for and let go, made as a workbook for its asker."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from jaring.cycle.taking import scope_of
from jaring.cycle.works import Progress
from jaring.enrolment import peoplebook
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.facts.rupiah import dotted
from jaring.officers import actions_export, handout
from jaring.officers.models import Export
from jaring.officers.scope import Scope, scoped

TITLE = "Membuat unduhan"


def reach(scope: Scope) -> str:
    """How far somebody sees, in a word: a list is not given to one who sees less than when it was made."""
    far = [*sorted(scope.desa), "nik" if scope.may("nik.reveal") else ""]
    return hashlib.sha256(" ".join(far).encode()).hexdigest()[:16]


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``export``: its number; ``by``: who asked for it, within whose territory it is made."""
    one = Export.objects.get(pk=arguments["export"])
    with scoped(scope_of(arguments["by"])) as scope:
        scope.require("export.people")
        if one.state != "made" or not handout.is_kept(one.pk):
            _make(one, scope, progress)
    return {"reach": reach(scope), "counts": {"orang": one.people}}


def _make(one: Export, scope: Scope, progress: Progress) -> None:
    progress(0, 2, "Mengumpulkan orangnya dari register")
    people = list(scope.narrow(peoplebook.chosen(one.parameters), desa="desa_code"))
    progress(1, 2, f"Menulis {dotted(len(people))} orang ke buku kerja")
    numbers = bool(one.parameters.get("numbers")) and scope.may("nik.reveal")
    content = peoplebook.book(
        people,
        Month.parse(one.parameters["month"]),
        region(settings.REGION),
        actions_export.watermark(one),
        day=timezone.localtime(one.asked_at).date(),
        numbers=numbers,
    )
    try:
        # Before the deed is done: a file that nobody stands for is dropped, one that is missing is not made.
        actions_export.made(one, handout.keep(one.pk, content), by=scope.actor, people=len(people))
    except Refused:
        handout.drop(one.pk)
        raise
