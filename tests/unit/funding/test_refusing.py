"""Proposals sent back or approved up to a sum; candidates whom somebody holds back."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from tests.unit.funding.test_candidates import decided
from tests.unit.funding.test_proposal import APRIL, FULL, agreed, give, wanting

from jaring.facts.reason import Refused
from jaring.funding import actions, actions_refuse, register
from jaring.funding.candidates import CANDIDATES, build
from jaring.funding.models import Award, Fund, Proposal, Waiting
from jaring.funding.reasons import reason
from jaring.funding.sources import ORDER
from jaring.journal.models import Entry

pytestmark = pytest.mark.django_db
WHY = "Urutan desa belum sesuai hasil musyawarah"
COST = 9 * FULL


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}:")


def proposed(people: int = 3) -> Proposal:
    give(people * COST)
    return actions.propose(APRIL, wanting(people + 1), by="perencana")


def test_a_checker_sends_a_proposal_back_and_the_reason_stays() -> None:
    proposal = proposed()
    actions_refuse.refuse(proposal, WHY, by="kepala")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.refused_by, proposal.refusal) == ("refused", "kepala", WHY)
    assert proposal.refused_at is not None
    assert (proposal.funded, Award.objects.count(), Waiting.objects.count()) == (3, 0, 0)
    assert Fund.objects.get().committed_idr == 0
    told = Entry.objects.get(action="funding.refuse")
    assert (told.actor, told.subject) == ("kepala", f"2026-04 #{proposal.pk}")
    agreed()


def test_what_was_sent_back_is_never_approved_and_the_next_one_is_new() -> None:
    first = proposed()
    actions_refuse.refuse(first, WHY, by="kepala")
    with refused("usulan-sudah-diganti") as told:
        actions.approve(first, by="sekda")
    assert "sudah ditolak" in told.value.reason.sentence
    again = actions.propose(APRIL, wanting(4), by="perencana")
    assert again.pk != first.pk
    assert actions.approve(again, by="kepala").state == "approved"
    assert register.awards(APRIL).height == 3
    agreed()


def test_refusing_is_the_checkers_and_withdrawing_the_makers() -> None:
    proposal = proposed()
    with refused("pembuat-bukan-pemeriksa"):
        actions_refuse.refuse(proposal, WHY, by=" Perencana")
    with refused("bukan-pembuatnya"):
        actions_refuse.withdraw(proposal, WHY, by="kepala")
    with refused("alasan-kurang"):
        actions_refuse.refuse(proposal, "salah", by="kepala")
    assert actions_refuse.withdraw(proposal, WHY, by="perencana").state == "withdrawn"
    assert Entry.objects.filter(action="funding.withdraw").count() == 1


def test_said_twice_it_is_said_once_and_after_the_approval_not_at_all() -> None:
    proposal = proposed()
    actions_refuse.refuse(proposal, WHY, by="kepala")
    actions_refuse.refuse(proposal, "Alasan lain yang datang kemudian", by="sekda")
    assert Entry.objects.filter(action="funding.refuse").count() == 1
    with refused("usulan-sudah-diputuskan"):
        actions_refuse.withdraw(proposal, WHY, by="perencana")
    good = actions.propose(APRIL, wanting(4), by="perencana")
    actions.approve(good, by="kepala")
    with refused("usulan-sudah-diputuskan"):
        actions_refuse.refuse(good, WHY, by="kepala")
    assert Fund.objects.get().committed_idr == 3 * COST
    with refused("usulan-tidak-ada"):
        actions_refuse.refuse(987_654, WHY, by="kepala")


@pytest.mark.parametrize(
    ("limit", "may"), [(3 * COST, True), (3 * COST - 1, False), (0, False), (None, True)]
)
def test_a_checker_approves_up_to_their_sum(limit: int | None, may: bool) -> None:
    proposal = proposed()
    if may:
        actions.approve(proposal, by="kepala", limit_idr=limit)
    else:
        with refused("di-atas-batas"):
            actions.approve(proposal, by="kepala", limit_idr=limit)
    assert Fund.objects.get().committed_idr == (3 * COST if may else 0)


@pytest.mark.parametrize(
    "change",
    [
        {"refused_by": "perencana", "refusal": WHY},
        {"refused_by": "kepala", "refusal": ""},
        {"refused_by": "", "refusal": WHY},
    ],
)
def test_no_writer_refuses_without_a_reason_or_alone(change: dict[str, Any]) -> None:
    proposed()
    with pytest.raises(IntegrityError, match="funding_proposal_refused"), transaction.atomic():
        Proposal.objects.update(state="refused", **change)


def test_whom_somebody_holds_back_keeps_the_rank_and_is_offered_nothing() -> None:
    workers = decided(*[{"segments": ["petani_tembakau"]}] * 3).with_columns(paused=pl.col("person_id") == 2)
    found = build(workers, month=APRIL, order=ORDER)
    assert found.schema == CANDIDATES
    held = found.filter(pl.col("person_id") == 2)
    assert held.select("source", "reason").rows() == [(None, "ditahan")]
    assert set(found.filter(pl.col("person_id") != 2)["reason"].to_list()) == {None}
    free = build(workers.drop("paused"), month=APRIL, order=ORDER)
    ranks = [dict(f.select("person_id", "rank").unique().iter_rows()) for f in (found, free)]
    assert ranks[0] == ranks[1]
    give(10 * COST)
    proposal = actions.propose(APRIL, found, by="perencana")
    assert register.waiting(proposal.pk).select("person_id", "reason", "source").rows() == [
        (2, "ditahan", "")
    ]
    assert sorted(register.proposed(proposal.pk)["person_id"].to_list()) == [1, 3]
    told = reason("ditahan")
    assert told is not None
    assert "menahan" in told.sentence


def test_all_held_back_is_nobody_to_pay() -> None:
    workers = decided({"segments": ["petani_tembakau"]}).with_columns(paused=pl.lit(True))
    found = build(workers, month=APRIL, order=ORDER)
    assert found.select("source", "reason").rows() == [(None, "ditahan")]


def test_whom_the_insurer_cannot_enrol_yet_keeps_the_rank_and_is_offered_nothing() -> None:
    workers = decided(*[{"segments": ["petani_tembakau"]}] * 3).with_columns(
        unidentified=pl.col("person_id") > 1, paused=pl.col("person_id") == 3
    )
    found = build(workers, month=APRIL, order=ORDER)
    told = found.filter(pl.col("source").is_null()).select("person_id", "reason")
    # Whom an officer holds back is told so first: mending the list would not be enough.
    assert sorted(told.iter_rows()) == [(2, "identitas-kurang"), (3, "ditahan")]
    free = build(workers.drop("unidentified", "paused"), month=APRIL, order=ORDER)
    ranks = [dict(f.select("person_id", "rank").unique().iter_rows()) for f in (found, free)]
    assert ranks[0] == ranks[1]
