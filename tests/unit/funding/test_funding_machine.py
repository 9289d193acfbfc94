"""Whatever happens in whatever order: budgets hold, one payer a month, and funds, awards, ledger agree."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.funding import actions, actions_after, register
from jaring.funding.models import Fund, Proposal
from jaring.tables.frames import read

CODES = {"APBD-2026": "apbd", "DBHCHT-2026": "dbhcht"}
DAY = dt.date(2026, 4, 1)
FULL = 16_800
MONTHS = st.integers(4, 9)
AMOUNTS = st.integers(1, 40).map(lambda n: n * FULL)


class Money(RuleBasedStateMachine):
    """Two funds, twelve people, every action of the room; a refusal must leave no trace."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.papers = 0
        for code in CODES:
            self.load(code, 20)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @rule(code=st.sampled_from(sorted(CODES)), people=st.integers(0, 12))
    def load(self, code: str, people: int) -> None:
        row = {"sheet": "S", "row": 2, "code": code, "source": CODES[code], "year": 2026, "document": "DPA"}
        more = {"desa_code": None, "segments": [], "holder": "", "wadah": "", "budget_idr": people * 9 * FULL}
        span = {"month_from": DAY, "month_to": dt.date(2026, 12, 1)}
        frame = pl.DataFrame([row | more | span], schema=actions.budgets.ROW)
        with _refusal_leaves_nothing():
            actions._load(frame, file_name="dpa.csv", sha256="0" * 64, by="anggaran")

    @rule(month=MONTHS, who=st.sets(st.integers(1, 12), min_size=1), both=st.booleans())
    def propose(self, month: int, who: set[int], both: bool) -> None:
        sources = ["dbhcht", "apbd"] if both else ["apbd"]
        rows = [
            {
                "person_id": n,
                "rank": n,
                "source": s,
                "segment": "nelayan",
                "prices_idr": [FULL] * (13 - month),
            }
            for n in sorted(who)
            for s in sources
        ]
        frame = pl.DataFrame(rows).with_columns(
            desa_code=pl.lit("52.03.07.1001"), already_source=pl.lit(None, pl.String)
        )
        actions.propose(Month(2026, month), frame, by="perencana")

    @rule(month=MONTHS)
    def approve(self, month: int) -> None:
        proposal = Proposal.objects.filter(month=dt.date(2026, month, 1), state="proposed").first()
        if proposal:
            with _refusal_leaves_nothing():
                actions.approve(proposal, by="kepala")

    @rule(month=MONTHS, who=st.integers(1, 12))
    def leave(self, month: int, who: int) -> None:
        leaver = pl.DataFrame({"person_id": [who], "from_month": [dt.date(2026, month, 1)]})
        with _refusal_leaves_nothing():
            actions_after.release(leaver, reason="meninggal", document="AK", by="petugas")

    @rule(code=st.sampled_from(sorted(CODES)), amount=AMOUNTS, again=st.booleans())
    def bill_and_pay(self, code: str, amount: int, again: bool) -> None:
        self.papers += not again
        paper = {
            "amounts": {code: amount},
            "key": str(self.papers),
            "date": DAY,
            "document": "d",
            "memo": "m",
        }
        with _refusal_leaves_nothing():
            actions_after.receive_bill(**paper, by="bendahara")  # type: ignore[arg-type]
            actions_after.pay(**paper, by="bendahara")  # type: ignore[arg-type]

    @rule(code=st.sampled_from(sorted(CODES)), amount=AMOUNTS)
    def give_back(self, code: str, amount: int) -> None:
        self.papers += 1
        paper = {
            "amounts": {code: amount},
            "key": str(self.papers),
            "date": DAY,
            "document": "d",
            "memo": "m",
        }
        with _refusal_leaves_nothing():
            actions_after.restitution_owed(**paper, by="bendahara")  # type: ignore[arg-type]
            actions_after.restitution_received(**paper, by="bendahara")  # type: ignore[arg-type]

    @invariant()
    def all_agree(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert register.disagreements().rows() == []
        for fund in Fund.objects.all():
            assert 0 <= fund.spent_idr <= fund.committed_idr <= fund.budget_idr
        months = read(
            """SELECT person_id, m::date AS month FROM funding_award,
               generate_series(month_from, month_to, interval '1 month') m WHERE state = 'active'"""
        )
        assert not months.is_duplicated().any()


class _refusal_leaves_nothing:  # noqa: N801  # reads as a sentence where it is used
    """A savepoint that a refusal rolls back, as the transaction of a command would."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: object
    ) -> bool:
        self.block.__exit__(kind, problem, trace)  # type: ignore[arg-type]
        return isinstance(problem, Refused)


@pytest.mark.django_db
def test_any_sequence_of_actions_keeps_funds_awards_and_ledger_in_agreement() -> None:
    quiet = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Money, settings=quiet)
