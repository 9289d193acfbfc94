"""Whom the month offers money."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.unit.enrolment.offices import APRIL, eligible

from jaring.cycle.deciding import offers
from jaring.people.models import Person

pytestmark = pytest.mark.django_db


def test_nobody_without_nik_or_name_is_offered_money(tmp_path: Path) -> None:
    whole, nameless, numberless = eligible(tmp_path, 3)
    Person.objects.filter(pk=nameless).update(name="")
    Person.objects.filter(pk=numberless).update(nik_bi=None, nik_ct=None)
    found = offers(APRIL)
    assert set(found.filter(pl.col("source").is_not_null())["person_id"]) == {whole}
    waiting = found.filter(pl.col("source").is_null()).select("person_id", "reason")
    assert sorted(waiting.iter_rows()) == [(nameless, "identitas-kurang"), (numberless, "identitas-kurang")]
