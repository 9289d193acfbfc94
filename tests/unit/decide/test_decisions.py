"""Decisions in PostgreSQL: kept once, never overwritten, and made again from their own facts."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from django.db import IntegrityError

from jaring.decide.actions import recompute, standing, store
from jaring.decide.models import Decision
from jaring.decide.rules import decide
from jaring.facts.month import Month
from jaring.law.settings import LocalSetting

pytestmark = pytest.mark.django_db
APRIL = Month(2026, 4)


def workers(**changes: object) -> pl.DataFrame:
    """Three people: a farmer, a village official on the farmers' list, one who died."""
    lines: list[dict[str, object]] = [
        {"person_id": 1, "segments": ["petani_tembakau"], "age_years": 62, "occupations": ["petani"]},
        {"person_id": 2, "segments": ["perangkat_desa", "petani_tembakau"], "age_years": 44},
        {"person_id": 3, "segments": ["nelayan"], "alive": False, "age_years": 50},
    ]
    lines[0].update(changes)
    frame = pl.DataFrame(lines)
    return frame.with_columns(
        month=pl.lit(APRIL.first), facts_from=pl.lit("desil: dtsen 2025-12-31, baris 4")
    )


def test_what_was_decided_is_kept_with_the_facts_it_was_made_from() -> None:
    counts = store(APRIL, decide(workers()), by="disnaker")
    assert counts == {"decided": 3, "eligible": 2, "new": 3, "changed": 0}
    kept = standing(APRIL).sort("person_id")
    assert kept["reasons"].to_list() == [[], [], ["meninggal"]]
    assert kept["segment"].to_list() == ["petani_tembakau", "perangkat_desa", "nelayan"]
    assert kept["segments"].to_list()[1] == ["perangkat_desa", "petani_tembakau"]
    assert kept["age_years"].to_list() == [62, 44, 50]
    assert len(kept["law_digest"][0]) == 64


def test_the_same_facts_again_change_nothing() -> None:
    store(APRIL, decide(workers()), by="disnaker")
    assert store(APRIL, decide(workers()), by="disnaker")["new"] == 0
    assert Decision.objects.count() == 3


def test_a_changed_fact_makes_a_new_version_and_keeps_the_old_one() -> None:
    store(APRIL, decide(workers()), by="disnaker")
    counts = store(APRIL, decide(workers(age_years=65)), by="disnaker")
    assert (counts["new"], counts["changed"]) == (0, 1)
    history = Decision.objects.filter(person_id=1).order_by("version")
    assert [(one.version, one.age_years, one.eligible) for one in history] == [(1, 62, True), (2, 65, False)]
    assert history[0].superseded_at is not None
    assert history[1].superseded_at is None


def test_two_standing_decisions_on_one_person_month_are_impossible() -> None:
    store(APRIL, decide(workers()), by="disnaker")
    one = Decision.objects.get(person_id=1)
    one.pk, one.version = None, 9
    with pytest.raises(IntegrityError):
        one.save()


def test_decisions_follow_from_their_stored_facts() -> None:
    store(APRIL, decide(workers()), by="disnaker")
    assert recompute(APRIL).is_empty()


def test_a_decision_that_does_not_follow_from_its_facts_is_found() -> None:
    store(APRIL, decide(workers()), by="disnaker")
    Decision.objects.filter(person_id=3).update(alive=True)
    assert recompute(APRIL).to_dicts() == [{"person_id": 3, "differs": ["eligible", "reason", "reasons"]}]


def test_a_local_setting_decides_and_is_needed_to_decide_again() -> None:
    limit = LocalSetting("eligibility.usia_kurang_dari", "60", dt.date(2026, 1, 1), None, "Bupati", "juknis")
    store(APRIL, decide(workers(), [limit]), by="disnaker", settings=[limit])
    assert Decision.objects.get(person_id=1).reasons == ["usia-lewat"]
    assert recompute(APRIL, [limit]).is_empty()
    assert recompute(APRIL)["person_id"].to_list() == [1]


def test_a_frame_of_another_month_is_not_kept() -> None:
    with pytest.raises(ValueError, match="one month"):
        store(Month(2026, 5), decide(workers()), by="disnaker")
    assert Decision.objects.count() == 0
