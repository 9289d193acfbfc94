"""A small invented April: people of one kelurahan, decreed, accepted by the insurer, billed, perhaps paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from django.conf import settings
from django.utils import timezone
from tests.unit.enrolment.offices import APRIL, DESA, FULL, accepted, bill, decreed, delivered

from jaring.coverage.actions import keep, month_inputs
from jaring.cycle.models import Step
from jaring.decide.models import Decision
from jaring.enrolment import actions
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.people import register

#: The name of ``DESA``, as pages write it.
PLACE = "Pancor"
BILL = "T-2026-04"


def worked_on(month: Month = APRIL) -> None:
    """The month is the newest that a stage has worked on."""
    Step.objects.create(
        month=month.first,
        name="cover",
        order=12,
        done=True,
        counts={},
        seconds=1.0,
        finished_at=timezone.now(),
        by="uji",
    )


def enrolled(folder: Path, count: int, months: int = 2) -> list[int]:
    """Persons with ``months`` from April on, whom the insurer has taken; April is worked on."""
    for name in ("masuk", "keluar"):
        (folder / name).mkdir(exist_ok=True)
    people = decreed(folder, count, months=months).sort("nik")
    accepted(delivered(APRIL, folder / "keluar"), folder / "masuk", APRIL)
    worked_on()
    ids: list[int] = people["person_id"].to_list()
    return ids


def billed(folder: Path, people: int, number: str = BILL, month: Month = APRIL) -> None:
    path = bill(
        folder / "masuk" / f"tagihan-{number}.xlsx", [(number, "SG-DBHCHT", str(month), people, FULL)]
    )
    actions.read_bills(path, by="bpjs")


def paid(people: int, number: str = "S-1", bills: Sequence[str] = (BILL,)) -> int:
    return actions.record_payment(
        number,
        date=dt.date(2026, 4, 30),
        amount_idr=people * FULL,
        bills=bills,
        document=f"SP2D {number}",
        by="bpkad",
    )


def died(person: int, day: dt.date = dt.date(2026, 4, 20)) -> None:
    frame = {"person_id": [person], "kind": ["meninggal"], "event_date": [day], "proof": ["Akta 1"]}
    actions.mutate(pl.DataFrame(frame), by="staf")


def counted(month: Month = APRIL) -> None:
    """The figures of the month, counted as the stage counts them."""
    where = region(settings.REGION)
    keep(month_inputs(month, where, register.people()), by="uji")


def eligible(person_ids: Sequence[int], desa_code: str = DESA, month: Month = APRIL) -> None:
    """Standing decisions that the law lets the programme pay for them."""
    Decision.objects.bulk_create(
        Decision(
            person_id=person,
            month=month.first,
            version=1,
            law_digest="0" * 64,
            desa_code=desa_code,
            kecamatan_code=desa_code[:8],
            alive=True,
            moved=False,
            asn=False,
            abroad=False,
            segments=["petani_tembakau"],
            occupations=[],
            facts_from="uji",
            eligible=True,
            reasons=[],
            carried_on=False,
            segment="petani_tembakau",
            kind="bpu",
            programmes="jkk+jkm",
            articles="",
            warnings="",
        )
        for person in person_ids
    )
