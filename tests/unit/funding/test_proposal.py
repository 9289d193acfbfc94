"""From candidates to committed money: two people, no overspending, and the books that agree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from django.db import IntegrityError, transaction

from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.funding import actions, actions_after, register
from jaring.funding.models import Award, Fund, Proposal, Release
from jaring.journal.actions import broken_at
from jaring.journal.models import Entry as Journal
from jaring.ledger.balance import by_fund
from jaring.ledger.models import Entry

pytestmark = pytest.mark.django_db
APRIL, MAY = Month(2026, 4), Month(2026, 5)
FULL = 16_800
DAY = dt.date(2026, 4, 30)


def give(
    budget: int, code: str = "DBHCHT-2026", source: str = "dbhcht", months: tuple[int, int] = (4, 12)
) -> None:
    """Load one fund through the room's own door."""
    row = {
        "sheet": "S",
        "row": 2,
        "code": code,
        "source": source,
        "year": 2026,
        "desa_code": None,
        "segments": [],
        "holder": "",
        "wadah": "",
        "budget_idr": budget,
        "month_from": dt.date(2026, months[0], 1),
        "month_to": dt.date(2026, months[1], 1),
        "document": f"DPA {code}",
    }
    frame = pl.DataFrame([row], schema=actions.budgets.ROW)
    actions._load(frame, file_name="dpa.xlsx", sha256="0" * 64, by="anggaran")


def wanting(
    count: int, *, sources: tuple[str, ...] = ("dbhcht",), first: int = 1, months: int = 9
) -> pl.DataFrame:
    rows = [
        {
            "person_id": person,
            "desa_code": "52.03.07.1001",
            "rank": person,
            "already_source": None,
            "source": source,
            "segment": "petani_tembakau",
            "kind": "bpu",
            "programmes": "jkk+jkm",
            "base_idr": 1_000_000,
            "prices_idr": [FULL] * months,
        }
        for person in range(first, first + count)
        for source in sources
    ]
    return pl.DataFrame(rows, schema_overrides={"already_source": pl.String})


def agreed() -> None:
    assert register.disagreements().rows() == []
    assert broken_at() is None


def test_a_proposal_commits_nothing_until_another_person_approves() -> None:
    give(3 * 9 * FULL + 5)
    proposal = actions.propose(APRIL, wanting(5), by="perencana")
    assert (proposal.funded, proposal.funded_idr, proposal.waiting) == (3, 3 * 9 * FULL, 2)
    assert (proposal.rule_weighted, proposal.optimum_weighted, proposal.bound_weighted) == (27, 27, 27)
    assert (Fund.objects.get().committed_idr, register.awards(APRIL).height) == (0, 0)
    for same in ("perencana", " Perencana "):
        with pytest.raises(Refused) as refused:
            actions.approve(proposal, by=same)
        assert refused.value.reason.code == "pembuat-bukan-pemeriksa"
    actions.approve(proposal, by="kepala", day=DAY)
    assert Fund.objects.get().committed_idr == 3 * 9 * FULL
    awards = register.awards(Month(2026, 12))
    assert awards.select("person_id", "fund", "price_idr", "programmes", "base_idr").rows() == [
        (person, "DBHCHT-2026", FULL, "jkk+jkm", 1_000_000) for person in (1, 2, 3)
    ]
    assert register.waiting(proposal.pk).select("person_id", "rank", "reason", "fund").rows() == [
        (4, 4, "pagu-habis", "DBHCHT-2026"),
        (5, 5, "pagu-habis", "DBHCHT-2026"),
    ]
    agreed()


def test_the_database_itself_wants_two_people() -> None:
    give(10**9)
    proposal = actions.propose(APRIL, wanting(1), by="perencana")
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state="approved", approved_by="perencana")


def test_the_same_run_twice_changes_nothing_before_and_after_approval() -> None:
    give(3 * 9 * FULL)
    first = actions.propose(APRIL, wanting(5), by="perencana")
    shuffled = wanting(5).sample(fraction=1, shuffle=True, seed=4)
    assert actions.propose(APRIL, shuffled, by="perencana").pk == first.pk
    actions.approve(first, by="kepala")
    told, posted = Journal.objects.count(), Entry.objects.count()
    assert actions.propose(APRIL, wanting(5), by="perencana").pk == first.pk
    assert actions.approve(first, by="kepala").state == "approved"
    assert (Journal.objects.count(), Entry.objects.count(), Award.objects.count()) == (told, posted, 3)


def test_newer_inputs_replace_an_open_proposal_and_the_old_one_cannot_be_approved() -> None:
    give(10**9)
    old = actions.propose(APRIL, wanting(5), by="perencana")
    new = actions.propose(APRIL, wanting(6), by="perencana")
    old.refresh_from_db()
    assert (old.state, old.funded, Award.objects.filter(proposal=old).count()) == ("replaced", 5, 0)
    with pytest.raises(Refused) as refused:
        actions.approve(old, by="kepala")
    assert refused.value.reason.code == "usulan-sudah-diganti"
    actions.approve(new, by="kepala")
    agreed()


def test_the_next_month_keeps_awards_and_gives_only_what_is_left() -> None:
    give(4 * 9 * FULL)
    actions.approve(actions.propose(APRIL, wanting(3), by="perencana"), by="kepala")
    may = actions.propose(MAY, wanting(6, months=8), by="perencana")
    actions.approve(may, by="kepala")
    assert register.proposed(may.pk).select("person_id", "months", "total_idr").rows() == [(4, 8, 8 * FULL)]
    assert register.waiting(may.pk)["person_id"].to_list() == [5, 6]
    assert register.awards(MAY)["person_id"].to_list() == [1, 2, 3, 4]
    agreed()


def test_a_raised_budget_opens_the_month_for_those_who_wait() -> None:
    give(2 * 9 * FULL)
    actions.approve(actions.propose(APRIL, wanting(3), by="perencana"), by="kepala")
    give(3 * 9 * FULL)
    second = actions.propose(APRIL, wanting(3), by="perencana")
    actions.approve(second, by="kepala")
    assert register.proposed(second.pk)["person_id"].to_list() == [3]
    agreed()


def test_two_proposals_that_together_exceed_the_budget_cannot_both_be_approved() -> None:
    give(10 * 9 * FULL)
    april = actions.propose(APRIL, wanting(6), by="perencana")
    may = actions.propose(MAY, wanting(9, first=101, months=8), by="perencana")
    actions.approve(april, by="kepala")
    with pytest.raises(Refused) as refused:
        actions.approve(may, by="kepala")
    assert refused.value.reason.code == "pagu-tidak-cukup"
    assert Fund.objects.get().committed_idr == 6 * 9 * FULL
    agreed()


def test_a_person_month_never_gets_two_payers() -> None:
    give(10**9)
    give(10**9, "APBD-2026", "apbd", (1, 12))
    april = actions.propose(APRIL, wanting(2), by="perencana")
    may = actions.propose(MAY, wanting(2, sources=("apbd",), months=8), by="perencana")
    actions.approve(april, by="kepala")
    with pytest.raises(Refused) as refused:
        actions.approve(may, by="kepala")
    assert refused.value.reason.code == "sudah-ada-pembayar"
    assert list(Fund.objects.order_by("code").values_list("committed_idr", flat=True)) == [0, 2 * 9 * FULL]
    award = Award.objects.filter(proposal=april).first()
    assert award is not None
    award.pk = None
    award.proposal = may
    award.month_from, award.month_to = dt.date(2026, 12, 1), dt.date(2027, 3, 1)
    Award.objects.filter(proposal=may).delete()
    with pytest.raises(IntegrityError, match="one_payer"), transaction.atomic():
        award.save()
    award.month_from = dt.date(2027, 1, 1)
    award.save()


def test_one_person_on_four_sources_is_one_award_by_the_first_of_the_order() -> None:
    for code, source in (("A-1", "apbd"), ("B-1", "csr"), ("C-1", "dbhcht"), ("D-1", "province")):
        give(10**9, code, source)
    candidates = wanting(1, sources=("apbd", "csr", "dbhcht", "province"))
    proposal = actions.propose(APRIL, candidates, by="perencana")
    assert register.proposed(proposal.pk)["source"].to_list() == ["dbhcht"]
    other = actions.propose(APRIL, candidates, by="perencana", order=["province", "apbd"])
    assert register.proposed(other.pk)["source"].to_list() == ["province"]


def _committed(people: int = 4) -> Proposal:
    give(people * 9 * FULL)
    return actions.approve(actions.propose(APRIL, wanting(people), by="perencana"), by="kepala", day=DAY)


def _paper(**amounts: int) -> dict[str, Any]:
    key = amounts.pop("key", 1)
    whole = {name.replace("_", "-"): amount for name, amount in amounts.items()}
    return {
        "amounts": whole,
        "key": str(key),
        "date": DAY,
        "document": "dok",
        "memo": "uji",
        "by": "bendahara",
    }


def test_who_leaves_gives_back_the_months_ahead_and_the_next_in_line_gets_them() -> None:
    _committed()
    leavers = pl.DataFrame(
        {"person_id": [2, 3, 99], "from_month": [dt.date(2026, 7, 1), dt.date(2026, 4, 1), DAY]}
    )
    leavers = leavers.with_columns(pl.col("from_month").dt.month_start())
    freed = actions_after.release(leavers, reason="meninggal", document="AK-1", by="petugas")
    assert freed.select("person_id", "from_month", "amount_idr").rows() == [
        (2, dt.date(2026, 7, 1), 6 * FULL),
        (3, dt.date(2026, 4, 1), 9 * FULL),
    ]
    again = actions_after.release(leavers, reason="meninggal", document="AK-1", by="petugas")
    assert (again.height, Release.objects.count()) == (0, 2)
    assert register.awards(Month(2026, 6))["person_id"].to_list() == [1, 2, 4]
    assert register.awards(Month(2026, 7))["person_id"].to_list() == [1, 4]
    agreed()
    july = actions.propose(Month(2026, 7), wanting(3, first=11, months=6), by="perencana")
    actions.approve(july, by="kepala")
    assert register.proposed(july.pk).select("person_id", "total_idr").rows() == [
        (11, 6 * FULL),
        (12, 6 * FULL),
    ]
    agreed()


def test_months_freed_ahead_do_not_reopen_the_month_that_ran_and_months_freed_in_it_do() -> None:
    april = _committed()
    for month, same in ((5, True), (4, False)):
        leaver = pl.DataFrame({"person_id": [month - 3], "from_month": [dt.date(2026, month, 1)]})
        assert actions_after.release(leaver, reason="pindah", document="", by="petugas").height == 1
        assert (actions.propose(APRIL, wanting(4), by="perencana").pk == april.pk) is same


def test_a_bill_a_payment_and_a_restitution_post_what_they_say_once() -> None:
    _committed()
    bill = _paper(DBHCHT_2026=4 * FULL)
    assert actions_after.receive_bill(**bill).pk == actions_after.receive_bill(**bill).pk
    sp2d = _paper(DBHCHT_2026=4 * FULL)
    assert actions_after.pay(**sp2d).pk == actions_after.pay(**sp2d).pk
    assert Fund.objects.get().spent_idr == 4 * FULL
    actions_after.restitution_owed(**_paper(DBHCHT_2026=FULL))
    back = _paper(DBHCHT_2026=FULL)
    assert actions_after.restitution_received(**back).pk == actions_after.restitution_received(**back).pk
    row = by_fund().row(0, named=True)
    assert {
        name: row[name] for name in ("komitmen_idr", "realisasi_idr", "iuran_idr", "utang_idr", "kas_idr")
    } == {
        "komitmen_idr": 33 * FULL,
        "realisasi_idr": 3 * FULL,
        "iuran_idr": 3 * FULL,
        "utang_idr": 0,
        "kas_idr": 3 * FULL,
    }
    assert Fund.objects.get().spent_idr == 3 * FULL
    agreed()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: actions_after.pay(**_paper(DBHCHT_2026=36 * FULL + 1)), "bayar-melebihi-komitmen"),
        (lambda: actions_after.restitution_received(**_paper(DBHCHT_2026=1)), "kembali-melebihi-bayar"),
        (lambda: actions_after.pay(**_paper(LAIN=5)), "akun-belum-dibuka"),
        (lambda: actions.approve(10**9, by="kepala"), "usulan-tidak-ada"),
    ],
)
def test_what_the_fund_does_not_allow_is_refused_and_posts_nothing(act: Any, code: str) -> None:
    _committed()
    posted = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        act()
    assert (refused.value.reason.code, Entry.objects.count()) == (code, posted)
    agreed()


def test_months_that_are_paid_for_cannot_all_be_released() -> None:
    _committed(people=1)
    actions_after.receive_bill(**_paper(DBHCHT_2026=9 * FULL))
    actions_after.pay(**_paper(DBHCHT_2026=9 * FULL))
    leaver = pl.DataFrame({"person_id": [1], "from_month": [dt.date(2026, 6, 1)]})
    with pytest.raises(Refused) as refused:
        actions_after.release(leaver, reason="pindah", document="", by="petugas")
    assert refused.value.reason.code == "bulan-sudah-dibayar"
    assert register.awards(Month(2026, 12)).height == 1
    agreed()


def test_a_window_that_would_leave_awards_outside_is_refused() -> None:
    _committed()
    with pytest.raises(Refused) as refused:
        give(4 * 9 * FULL, months=(4, 11))
    assert refused.value.reason.code == "bulan-sudah-dijanjikan"


def test_a_disagreement_between_fund_and_ledger_is_seen() -> None:
    _committed()
    Fund.objects.update(committed_idr=1)
    assert register.disagreements()["fund"].to_list() == ["DBHCHT-2026"]
