"""Decrees and batches that are sent back with a reason, and approvals up to a sum."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.unit.enrolment.offices import (
    APRIL,
    FULL,
    accepted,
    answer,
    awarded,
    decreed,
    delivered,
    load_fund,
    made_up,
    sealed,
    sent,
    states,
)

from jaring.enrolment import actions
from jaring.enrolment.models import Batch, Decree, PersonMonth
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.journal.models import Entry
from jaring.people.models import Person

pytestmark = pytest.mark.django_db
WHY = "Dua desa belum menandatangani daftarnya"
LOTIM = region("lotim")


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}:")


def draft(folder: Path) -> Decree:
    people = sealed(made_up(2))["person_id"].to_list()
    load_fund(folder, "DBHCHT-2026", "dbhcht", 2026, 18 * FULL, (4, 12))
    awarded(APRIL, people, "dbhcht", 9)
    made = actions.decree(APRIL, by="staf")
    assert made is not None
    return made


def test_a_refused_decree_keeps_its_reason_and_frees_its_people(tmp_path: Path) -> None:
    first = draft(tmp_path)
    actions.refuse_decree(first.number, WHY, by="bupati")
    first.refresh_from_db()
    assert (first.state, first.refused_by, first.refusal) == ("refused", "bupati", WHY)
    with refused("sk-sudah-ditolak"):
        actions.approve_decree(first, by="sekda")
    assert PersonMonth.objects.count() == 0
    again = actions.decree(APRIL, by="staf")
    assert again is not None
    assert (again.people, again.number) == (2, "SK-2026-04-02")
    assert actions.approve_decree(again, by="bupati")["months"] == 18
    told = Entry.objects.get(action="enrolment.refuse_decree")
    assert (told.actor, told.subject) == ("bupati", first.number)


def test_only_another_refuses_only_the_maker_withdraws(tmp_path: Path) -> None:
    made = draft(tmp_path)
    with refused("pembuat-bukan-pemeriksa"):
        actions.refuse_decree(made.number, WHY, by="STAF")
    with refused("bukan-pembuatnya"):
        actions.withdraw_decree(made.number, WHY, by="bupati")
    with refused("alasan-kurang"):
        actions.refuse_decree(made.number, "keliru", by="bupati")
    with refused("sk-tidak-ada"):
        actions.refuse_decree("SK-lain", WHY, by="bupati")
    actions.withdraw_decree(made.number, WHY, by="staf")
    actions.withdraw_decree(made.number, WHY, by="staf")
    assert Entry.objects.filter(action="enrolment.withdraw_decree").count() == 1
    again = actions.decree(APRIL, by="staf")
    assert again is not None
    assert again.people == 2


def test_a_signed_decree_is_not_sent_back(tmp_path: Path) -> None:
    made = draft(tmp_path)
    actions.approve_decree(made, by="bupati")
    with refused("bukan-rancangan"):
        actions.refuse_decree(Decree.objects.get().number, WHY, by="sekda")
    assert states(APRIL) == {"decreed": 2}


@pytest.mark.parametrize(("limit", "may"), [(18 * FULL, True), (18 * FULL - 1, False), (None, True)])
def test_a_decree_is_signed_up_to_the_signers_sum(tmp_path: Path, limit: int | None, may: bool) -> None:
    made = draft(tmp_path)
    if may:
        actions.approve_decree(made, by="bupati", limit_idr=limit)
    else:
        with refused("di-atas-batas") as told:
            actions.approve_decree(made, by="bupati", limit_idr=limit)
        assert "Rp302.400" in told.value.reason.sentence
    assert PersonMonth.objects.count() == (18 if may else 0)


def test_refused_batches_are_in_no_file_and_their_people_in_the_next(tmp_path: Path) -> None:
    decreed(tmp_path, 3)
    (first,) = actions.make_batches(APRIL, by="staf")
    assert actions.make_batches(APRIL, by="staf") == []
    actions.refuse_batches([first.number], WHY, by="kabid")
    (second,) = actions.make_batches(APRIL, by="staf")
    assert (second.people, second.number[-2:]) == (3, "02")
    paths = actions.approve_batches(APRIL, tmp_path / "out", region=LOTIM, by="kabid")
    assert [path.name for path in paths] == [f"batch-{second.number}.xlsx"]
    # The insurer answers what it was sent; a line of the refused paper is unknown to it and to us.
    lines = sent(tmp_path / "out")
    stale = str(first.lines.first().reference)  # type: ignore[union-attr]
    answer(tmp_path / "in" / "jawaban-0.xlsx", "x", [(stale, "DITERIMA", None, None, "2026-04")])
    assert actions.read_answers(tmp_path / "in", by="staf")["told"] == 1
    assert states(APRIL) == {"decreed": 3}
    accepted(lines, tmp_path / "in", APRIL)
    assert states(APRIL) == {"enrolled": 3}


def test_batches_are_refused_all_or_none(tmp_path: Path) -> None:
    decreed(tmp_path, 2)
    (made,) = actions.make_batches(APRIL, by="staf")
    with refused("batch-tidak-ada"):
        actions.refuse_batches([made.number, "2026-04-LAIN-01"], WHY, by="kabid")
    with refused("batch-tidak-ada"):
        actions.refuse_batches([], WHY, by="kabid")
    with refused("pembuat-bukan-pemeriksa"):
        actions.refuse_batches([made.number], WHY, by="staf")
    with refused("bukan-pembuatnya"):
        actions.withdraw_batches([made.number], WHY, by="kabid")
    assert Batch.objects.get().state == "draft"
    actions.withdraw_batches([made.number], WHY, by="staf")
    actions.withdraw_batches([made.number], WHY, by="staf")
    assert Entry.objects.filter(action="enrolment.withdraw_batches").count() == 1
    assert Batch.objects.get().refusal == WHY


def test_a_sent_batch_is_not_refused(tmp_path: Path) -> None:
    decreed(tmp_path, 2)
    delivered(APRIL, tmp_path / "out")
    with refused("bukan-rancangan"):
        actions.refuse_batches([Batch.objects.get().number], WHY, by="kabid")


def test_a_refused_end_is_asked_for_again(tmp_path: Path) -> None:
    """The insurer still has them: the next batch ends them anew."""
    import datetime as dt

    import polars as pl

    one, _ = decreed(tmp_path, 2)["person_id"].to_list()
    accepted(delivered(APRIL, tmp_path / "out"), tmp_path / "in", APRIL)
    gone = {"person_id": [one], "kind": ["meninggal"], "event_date": [dt.date(2026, 4, 9)], "proof": ["akta"]}
    actions.mutate(pl.DataFrame(gone), by="staf")
    (first,) = actions.make_batches(APRIL + 1, by="staf")
    assert list(first.lines.values_list("action", flat=True)) == ["HENTI"]
    actions.refuse_batches([first.number], WHY, by="kabid")
    (second,) = actions.make_batches(APRIL + 1, by="staf")
    assert list(second.lines.values_list("person_id", "action")) == [(one, "HENTI")]


def test_a_refused_follow_up_loses_nobody(tmp_path: Path) -> None:
    people = decreed(tmp_path, 2)["person_id"].to_list()
    lines = delivered(APRIL, tmp_path / "out")
    said = [(ref, "DITOLAK", "DATA-BEDA", None, None) for ref in lines["REFERENSI"]]
    answer(tmp_path / "in" / "jawaban-1.xlsx", "x", said)
    actions.read_answers(tmp_path / "in", by="staf")
    Person.objects.filter(pk__in=people).update(name="NAMA YANG DIPERBAIKI")
    (follow,) = actions.make_follow_up(APRIL, by="staf")
    actions.refuse_batches([follow.number], WHY, by="kabid")
    again = [*actions.make_batches(APRIL, by="staf"), *actions.make_follow_up(APRIL, by="staf")]
    assert sorted(p for b in again for p in b.lines.values_list("person_id", flat=True)) == sorted(people)


@pytest.mark.parametrize(("limit", "may"), [(2 * FULL, True), (2 * FULL - 1, False)])
def test_batches_are_approved_up_to_the_checkers_sum(tmp_path: Path, limit: int, may: bool) -> None:
    decreed(tmp_path, 2)
    actions.make_batches(APRIL, by="staf")
    if may:
        actions.approve_batches(APRIL, tmp_path / "out", region=LOTIM, by="kabid", limit_idr=limit)
    else:
        with refused("di-atas-batas"):
            actions.approve_batches(APRIL, tmp_path / "out", region=LOTIM, by="kabid", limit_idr=limit)
    assert Batch.objects.get().state == ("approved" if may else "draft")
    assert bool(list((tmp_path / "out").rglob("*.xlsx"))) is may


@pytest.mark.parametrize(
    "change",
    [
        {"refused_by": "staf", "refusal": WHY},
        {"refused_by": "kabid", "refusal": ""},
        {"refused_by": "", "refusal": WHY},
    ],
)
def test_no_writer_refuses_without_a_reason_or_alone(tmp_path: Path, change: dict[str, Any]) -> None:
    draft(tmp_path)
    with pytest.raises(IntegrityError, match="enrolment_decree_refused"), transaction.atomic():
        Decree.objects.update(state="refused", **change)
