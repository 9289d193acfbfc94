"""A pause made by a person is never undone by a batch: one test for each door that a batch goes through."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from django.db import DatabaseError, transaction
from tests.unit.enrolment.offices import (
    APRIL,
    FULL,
    accepted,
    answer,
    awarded,
    candidates,
    decreed,
    delivered,
    load_fund,
    made_up,
    sealed,
    sent,
    states,
)

from jaring.enrolment import actions, pausing, queue, replacements
from jaring.enrolment.models import Batch, Decree, DecreeLine, Pause, PersonMonth, Vacancy
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.funding import actions as funding
from jaring.funding import register
from jaring.funding.models import Award, Fund, Waiting
from jaring.journal.models import Entry
from jaring.people.models import Person

pytestmark = pytest.mark.django_db
WHY = "Menunggu surat keterangan dari kepala desa"
MAY = APRIL + 1


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}:")


def month_of(person: int, month: Month) -> tuple[str, str]:
    row = PersonMonth.objects.get(person_id=person, month=month.first)
    return row.state, row.reason


def two_with_money(folder: Path) -> list[int]:
    people: list[int] = sealed(made_up(2))["person_id"].to_list()
    load_fund(folder, "DBHCHT-2026", "dbhcht", 2026, 18 * FULL, (4, 12))
    awarded(APRIL, people, "dbhcht", 9)
    return people


def test_an_approval_leaves_out_whom_somebody_holds_back(tmp_path: Path) -> None:
    """Held back after the proposal was made: no money is promised until somebody lets go."""
    people: list[int] = sealed(made_up(2))["person_id"].to_list()
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, 18 * FULL, (4, 12))
    offered = candidates(people, "dbhcht", 9)
    proposal = funding.propose(APRIL, offered, by="pengusul")
    assert (proposal.funded, proposal.funded_idr) == (2, 18 * FULL)
    held = actions.pause(people[0], APRIL, WHY, by="kabid")
    assert pausing.in_proposal(proposal.pk) == (1, 9 * FULL)
    done = funding.approve(proposal, by="sekda")
    assert (done.funded, done.funded_idr, done.waiting) == (1, 9 * FULL, 1)
    assert list(Award.objects.filter(state="active").values_list("person_id", flat=True)) == [people[1]]
    assert Waiting.objects.get(proposal=done).reason == "ditahan"
    assert Fund.objects.get().committed_idr == 9 * FULL
    assert register.disagreements().is_empty()
    assert b'"ditahan":1' in bytes(Entry.objects.get(action="funding.approve").body).replace(b" ", b"")
    assert pausing.left_out(APRIL)["door"].to_list() == ["usulan"]
    # Let go, they are offered money again.
    actions.resume(held.pk, WHY, by="kabid")
    again = funding.propose(MAY, candidates(people[:1], "dbhcht", 8), by="pengusul")
    assert funding.approve(again, by="sekda").funded == 1
    assert register.disagreements().is_empty()


def test_a_decree_leaves_out_whom_somebody_holds_back(tmp_path: Path) -> None:
    one, two = two_with_money(tmp_path)
    actions.pause(one, APRIL, WHY, by="kabid")
    draft = actions.decree(APRIL, by="staf")
    assert draft is not None
    assert list(draft.lines.values_list("person_id", flat=True)) == [two]
    actions.approve_decree(draft, by="bupati")
    assert actions.decree(APRIL, by="staf") is None
    assert not PersonMonth.objects.filter(person_id=one).exists()
    left = pausing.left_out(APRIL)
    assert left.select("person_id", "door", "reason", "why").rows() == [(one, "sk", "ditahan", WHY)]


def test_a_draft_with_somebody_held_back_since_cannot_be_signed(tmp_path: Path) -> None:
    one, two = two_with_money(tmp_path)
    draft = actions.decree(APRIL, by="staf")
    assert draft is not None
    assert draft.people == 2
    actions.pause(one, APRIL, WHY, by="kabid")
    with refused("isi-sk-berubah"):
        actions.approve_decree(draft, by="bupati")
    again = actions.decree(APRIL, by="staf")
    assert again is not None
    assert again.pk != draft.pk
    assert list(again.lines.filter(stands=True).values_list("person_id", flat=True)) == [two]
    assert actions.approve_decree(again, by="bupati")["months"] == 9


def test_a_pause_from_a_later_month_does_not_keep_the_decree_of_this_one(tmp_path: Path) -> None:
    one, _ = two_with_money(tmp_path)
    actions.pause(one, MAY, WHY, by="kabid")
    draft = actions.decree(APRIL, by="staf")
    assert draft is not None
    assert draft.people == 2


def test_whom_the_insurer_has_is_not_carried_on_and_is_ended_there(tmp_path: Path) -> None:
    one, two = decreed(tmp_path, 2)["person_id"].to_list()
    accepted(delivered(APRIL, tmp_path / "out"), tmp_path / "in", APRIL)
    assert states(APRIL) == {"enrolled": 2}
    actions.pause(one, MAY, WHY, by="kabid")
    lines = delivered(MAY, tmp_path / "out")
    assert month_of(one, MAY) == ("decreed", "ditahan")
    assert month_of(two, MAY) == ("enrolled", "")
    # The insurer would bill a month that nobody may pay, so that the bill of all would differ.
    assert lines["JENIS"].to_list() == ["HENTI"]
    assert month_of(one, APRIL) == ("enrolled", "")
    answer(
        tmp_path / "in" / "jawaban-henti.xlsx", "x", [(lines["REFERENSI"][0], "DITERIMA", None, None, None)]
    )
    actions.read_answers(tmp_path / "in", by="staf")
    assert actions.make_batches(MAY, by="staf") == []
    assert month_of(one, MAY) == ("decreed", "ditahan")


def test_who_is_let_go_comes_back_with_the_next_batch(tmp_path: Path) -> None:
    one, _ = decreed(tmp_path, 2)["person_id"].to_list()
    accepted(delivered(APRIL, tmp_path / "out"), tmp_path / "in", APRIL)
    held = actions.pause(one, MAY, WHY, by="kabid")
    accepted(delivered(MAY, tmp_path / "out"), tmp_path / "in", MAY)
    actions.resume(held.pk, "Surat keterangannya sudah diterima", by="kabid")
    assert month_of(one, MAY) == ("decreed", "")
    lines = delivered(APRIL + 2, tmp_path / "out")
    assert lines["JENIS"].to_list() == ["TERUS"]
    accepted(lines, tmp_path / "in", APRIL + 2)
    assert month_of(one, APRIL + 2) == ("enrolled", "")


def test_a_new_person_held_back_is_in_no_batch(tmp_path: Path) -> None:
    one, _ = decreed(tmp_path, 2)["person_id"].to_list()
    actions.pause(one, APRIL, WHY, by="kabid")
    (made,) = actions.make_batches(APRIL, by="staf")
    assert made.people == 1
    assert not made.lines.filter(person_id=one).exists()
    assert pausing.left_out(APRIL)["door"].to_list() == ["batch"]


def test_a_draft_batch_with_somebody_held_back_since_is_not_sent(tmp_path: Path) -> None:
    one, _ = decreed(tmp_path, 2)["person_id"].to_list()
    (draft,) = actions.make_batches(APRIL, by="staf")
    actions.pause(one, APRIL, WHY, by="kabid")
    with refused("ditahan-sejak-disusun"):
        actions.approve_batches(APRIL, tmp_path / "out", region=region("lotim"), by="kabid")
    assert not list((tmp_path / "out").rglob("*.xlsx"))
    actions.refuse_batches([draft.number], "Seorang di dalamnya ditahan sejak disusun", by="kabid")
    (again,) = actions.make_batches(APRIL, by="staf")
    assert (again.people, again.number) == (1, draft.number[:-2] + "02")
    actions.approve_batches(APRIL, tmp_path / "out", region=region("lotim"), by="kabid")
    assert sent(tmp_path / "out").height == 1


def test_a_late_answer_does_not_enrol_whom_somebody_holds_back(tmp_path: Path) -> None:
    one, two = decreed(tmp_path, 2)["person_id"].to_list()
    lines = delivered(APRIL, tmp_path / "out")
    actions.pause(one, APRIL, WHY, by="kabid")
    accepted(lines, tmp_path / "in", APRIL)
    assert month_of(one, APRIL) == ("decreed", "ditahan")
    assert month_of(two, APRIL) == ("enrolled", "")


def test_a_follow_up_leaves_out_whom_somebody_holds_back(tmp_path: Path) -> None:
    one, two = decreed(tmp_path, 2)["person_id"].to_list()
    lines = delivered(APRIL, tmp_path / "out")
    said = [(ref, "DITOLAK", "DATA-BEDA", None, None) for ref in lines["REFERENSI"]]
    answer(tmp_path / "in" / "jawaban-1.xlsx", "x", said)
    actions.read_answers(tmp_path / "in", by="staf")
    Person.objects.filter(pk__in=[one, two]).update(name="NAMA YANG DIPERBAIKI")
    actions.pause(one, APRIL, WHY, by="kabid")
    (follow,) = actions.make_follow_up(APRIL, by="staf")
    assert list(follow.lines.values_list("person_id", flat=True)) == [two]
    assert month_of(one, APRIL)[0] == "rejected"


def test_a_replacement_passes_over_whom_somebody_holds_back(tmp_path: Path) -> None:
    people = sealed(made_up(4))["person_id"].to_list()
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, 18 * FULL, (4, 12))
    awarded(APRIL, people, "dbhcht", 9)
    left, _, third, fourth = people
    draft = actions.decree(APRIL, by="staf")
    assert draft is not None
    actions.approve_decree(draft, by="bupati")
    gone = pl.DataFrame(
        {
            "person_id": [left],
            "kind": ["pindah"],
            "event_date": [dt.date(2026, 4, 20)],
            "proof": ["surat pindah"],
        }
    )
    actions.mutate(gone, by="staf")
    assert queue.next_in_line()["person_id"].to_list() == [third]
    actions.pause(third, MAY, WHY, by="kabid")
    assert queue.next_in_line()["person_id"].to_list() == [fourth]
    assert replacements.passed_over(MAY).select("person_id", "reason").rows() == [(third, "ditahan")]
    # Also where a line of theirs stands in a decree already, as one signed before the pause would.
    place = Vacancy.objects.get()
    paper = Decree.objects.create(
        number="SK-uji", month=MAY.first, digest=b"", people=1, months=8, total_idr=8 * FULL, made_by="staf"
    )
    from jaring.funding.models import Award

    award = Award.objects.create(
        person_id=third,
        fund=place.fund,
        proposal_id=Award.objects.get(person_id=left).proposal_id,
        state="draft",
        month_from=MAY.first,
        month_to=Month(2026, 12).first,
        price_idr_month=FULL,
        prices_idr=[FULL] * 8,
        total_idr=8 * FULL,
        rank=3,
    )
    DecreeLine.objects.create(
        decree=paper,
        person_id=third,
        award_id=award.pk,
        fund=place.fund,
        source="dbhcht",
        wadah=place.wadah,
        kind="bpu",
        programmes="jkk+jkm",
        segment="petani_tembakau",
        month_from=MAY.first,
        prices_idr=[FULL] * 8,
    )
    assert actions.fill(paper, by="staf") == 0
    actions.resume(Pause.objects.get().pk, "Suratnya sudah diterima", by="kabid")
    assert actions.fill(paper, by="staf") == 1


def test_no_writer_enrols_whom_somebody_holds_back(tmp_path: Path) -> None:
    """The last lock: a statement of a future batch that forgets to ask."""
    one, _ = decreed(tmp_path, 2)["person_id"].to_list()
    actions.pause(one, MAY, WHY, by="kabid")
    with pytest.raises(DatabaseError, match="holds back"), transaction.atomic():
        PersonMonth.objects.filter(month=MAY.first).update(state="enrolled")
    assert PersonMonth.objects.filter(month=APRIL.first).update(state="enrolled") == 2


def test_a_pause_follows_the_person_that_one_turned_out_to_be(tmp_path: Path) -> None:
    one, two = two_with_money(tmp_path)
    extra = sealed(made_up(1, first=50))["person_id"].to_list()[0]
    actions.pause(extra, APRIL, WHY, by="kabid")
    Person.objects.filter(pk=extra).update(merged_into=one)
    assert pausing.paused(APRIL) == {extra, one}
    draft = actions.decree(APRIL, by="staf")
    assert draft is not None
    assert list(draft.lines.values_list("person_id", flat=True)) == [two]


def test_pausing_and_letting_go_are_said_once_and_stay_on_record(tmp_path: Path) -> None:
    one, _ = decreed(tmp_path, 2)["person_id"].to_list()
    first = actions.pause(one, MAY, WHY, by="kabid")
    assert actions.pause(one, MAY, "Alasan lain yang lebih panjang", by="staf").pk == first.pk
    assert Entry.objects.filter(action="enrolment.pause").count() == 1
    with refused("sudah-ditahan"):
        actions.pause(one, APRIL, WHY, by="kabid")
    # Its own months say why, and say it no more once the person is let go.
    assert PersonMonth.objects.filter(person_id=one, reason="ditahan").count() == 8
    actions.resume(first.pk, "Suratnya sudah diterima", by="sekda")
    actions.resume(first.pk, "Suratnya sudah diterima", by="lain")
    assert Entry.objects.filter(action="enrolment.resume").count() == 1
    assert not PersonMonth.objects.filter(person_id=one, reason="ditahan").exists()
    seen = pausing.of_person(one).row(0, named=True)
    assert (seen["by"], seen["resumed_by"], seen["resumed_reason"]) == (
        "kabid",
        "sekda",
        "Suratnya sudah diterima",
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Pause.objects.all().delete()
    assert Batch.objects.count() == 0


@pytest.mark.parametrize("reason", ["", "ragu", "NIK 5203 0701 0180 0001 keliru di daftar desa", "x" * 201])
def test_a_reason_says_something_and_holds_no_number(reason: str) -> None:
    person = sealed(made_up(1))["person_id"].to_list()[0]
    with refused("alasan-kurang"):
        actions.pause(person, MAY, reason, by="kabid")
    assert not Pause.objects.exists()


def test_nobody_unknown_is_held_back() -> None:
    with refused("orang-tidak-ada"):
        actions.pause(987_654, MAY, WHY, by="kabid")
