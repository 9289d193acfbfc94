"""Many approve at once: no rupiah beyond the budget, and a naive way that shows the race is real."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import polars as pl
import pytest
from django.db import connections, transaction
from django.db.models import Sum

from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.funding import actions, register
from jaring.funding.models import Award, Fund, Proposal
from jaring.journal.actions import broken_at

FULL = 16_800
ROUNDS, RIVALS = 6, 4


def _load(code: str, budget: int) -> None:
    row = {"sheet": "S", "row": 2, "code": code, "source": "apbd", "year": 2026, "document": "DPA"}
    more = {"desa_code": None, "segments": [], "holder": "", "wadah": "", "budget_idr": budget}
    span = {"month_from": dt.date(2026, 1, 1), "month_to": dt.date(2026, 12, 1)}
    frame = pl.DataFrame([row | more | span], schema=actions.budgets.ROW)
    actions._load(frame, file_name="dpa.csv", sha256="0" * 64, by="anggaran")


def _candidates(first: int, count: int) -> pl.DataFrame:
    ids = pl.DataFrame({"person_id": range(first, first + count)}, schema={"person_id": pl.Int64})
    return ids.with_columns(
        rank="person_id",
        desa_code=pl.lit("52.03.07.1001"),
        segment=pl.lit("nelayan"),
        already_source=pl.lit(None, pl.String),
        source=pl.lit("apbd"),
        prices_idr=pl.lit([FULL] * 12),
    )


def _at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Run all jobs in threads that start together; what each gave or raised."""
    start = threading.Barrier(len(jobs))
    answers: list[object] = [None] * len(jobs)

    def work(number: int) -> None:
        try:
            start.wait(timeout=30)
            answers[number] = jobs[number]()
        except Exception as problem:
            answers[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.fixture
def race_course(own_database: str) -> Iterator[None]:
    """A database of its own, left only when the server has let go of every connection to it.

    A backend outlives its closed connection for a moment, and a database in use cannot be dropped.
    """
    yield
    connections["default"].close()
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    for _ in range(500):
        with connections["owner"].cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.02)


def _rivals(fund: str, number: int, count: int) -> list[Proposal]:
    """Proposals of different months that each want 4 people of a fund that holds 10 and a bit."""
    _load(fund, 10 * 12 * FULL)
    made = []
    for rival in range(count):
        months = 12 - rival
        candidates = _candidates(1000 * number + 100 * rival + 1, 4)
        # The same rupiah a person whatever the months, so that each proposal weighs the same.
        prices = pl.lit([FULL] * (months - 1) + [FULL * (1 + rival)])
        made.append(
            actions.propose(
                Month(2026, 1 + rival), candidates.with_columns(prices_idr=prices), by="perencana"
            )
        )
    return made


def _active(fund: str) -> int:
    return Award.objects.filter(fund__code=fund, state="active").aggregate(sum=Sum("total_idr"))["sum"] or 0


def _close(fund: str) -> None:
    """Leave nothing of this round for the next."""
    Proposal.objects.filter(state="proposed").update(state="replaced")
    Fund.objects.filter(code=fund).update(month_from=dt.date(2025, 1, 1), month_to=dt.date(2025, 1, 1))


@pytest.mark.usefixtures("race_course")
def test_rivals_never_overspend_where_looking_before_writing_does() -> None:
    for number in range(ROUNDS):
        fund = f"APBD-{number}"
        jobs = [partial(actions.approve, p.pk, by="kepala") for p in _rivals(fund, number, RIVALS)]
        answers = _at_once(jobs)
        codes = [a.reason.code for a in answers if isinstance(a, Refused)]
        assert codes == ["pagu-tidak-cukup"] * (RIVALS - 2)
        assert sum(isinstance(a, Proposal) for a in answers) == 2
        assert Fund.objects.get(code=fund).committed_idr == _active(fund) == 8 * 12 * FULL
        _close(fund)
    assert register.disagreements().height == 0
    assert broken_at() is None

    # The control: what a careful-looking program does, on the same tables in the same run.
    overspent = 0
    for number in range(ROUNDS, 2 * ROUNDS):
        fund = f"APBD-{number}"
        rivals = _rivals(fund, number, 3)
        looked = threading.Barrier(len(rivals))

        def naive(pk: int, fund: str, looked: threading.Barrier) -> None:
            with transaction.atomic():
                money = Fund.objects.get(code=fund).budget_idr - _active(fund)
                looked.wait(timeout=30)
                if Proposal.objects.get(pk=pk).funded_idr <= money:
                    Award.objects.filter(proposal_id=pk).update(state="active")

        _at_once([partial(naive, p.pk, fund, looked) for p in rivals])
        overspent += _active(fund) > 10 * 12 * FULL
        _close(fund)
    assert overspent == ROUNDS


@pytest.mark.usefixtures("race_course")
def test_the_same_proposal_approved_by_eight_at_once_commits_once() -> None:
    _load("APBD-2026", 10**9)
    proposal = actions.propose(
        Month(2026, 4), _candidates(1, 5).with_columns(prices_idr=pl.lit([FULL] * 9)), by="p"
    )
    answers = _at_once([lambda: actions.approve(proposal.pk, by="kepala")] * 8)
    assert [type(answer) for answer in answers] == [Proposal] * 8
    assert Fund.objects.get().committed_idr == 5 * 9 * FULL
    assert register.disagreements().height == 0


@pytest.mark.usefixtures("race_course")
def test_the_same_proposal_made_by_four_at_once_is_made_once() -> None:
    _load("APBD-2026", 10**9)
    candidates = _candidates(1, 50).with_columns(prices_idr=pl.lit([FULL] * 9))
    answers = _at_once([lambda: actions.propose(Month(2026, 4), candidates, by="p").pk] * 4)
    assert len(set(answers)) == 1
    assert (Proposal.objects.count(), Award.objects.count()) == (1, 50)
