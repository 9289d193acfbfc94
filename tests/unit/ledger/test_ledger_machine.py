"""Whatever is done in whatever order: debits equal credits, and the database holds what the model holds."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jaring.facts.reason import Refused
from jaring.ledger import actions, arithmetic, events
from jaring.ledger.balance import trial_balance
from jaring.ledger.models import Entry

FUNDS = ["DBHCHT-2026", "APBD-2026", "ADD-2026-5203012001"]
EVENTS = [
    events.budget_changed,
    events.committed,
    events.released,
    events.billed,
    events.bill_corrected,
    events.paid,
    events.restitution_owed,
    events.restitution_received,
]
DAY = dt.date(2026, 4, 1)


class Ledger(RuleBasedStateMachine):
    """The model: a counter per account and the set of keys with what they posted."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        actions.open_accounts(FUNDS, by="m")
        self.sums: Counter[str] = Counter()
        self.posted: dict[str, list[events.Line]] = {}
        self.reversed: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def _book(self, key: str, lines: list[events.Line]) -> None:
        self.posted[key] = lines
        for account, amount in lines:
            self.sums[account] += amount

    @rule(
        key=st.integers(0, 40),
        fund=st.sampled_from(FUNDS),
        event=st.sampled_from(EVENTS),
        amount=st.integers(1, 10**12),
    )
    def post(self, key: int, fund: str, event: object, amount: int) -> None:
        name, lines = f"k{key}", event(fund, amount)  # type: ignore[operator]
        if name in self.posted and sorted(self.posted[name]) != sorted(lines):
            with pytest.raises(Refused):
                actions.post(name, DAY, "m", "d", lines, by="m")
            return
        actions.post(name, DAY, "m", "d", lines, by="m")
        if name not in self.posted:
            self._book(name, lines)

    @rule(amounts=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6))
    def post_anything(self, amounts: list[int]) -> None:
        accounts = [f"Aset:Kas:{fund}" for fund in FUNDS] * 2
        lines = list(zip(accounts, amounts, strict=False))
        name = f"acak{len(self.posted)}"
        if arithmetic.fault(lines):
            with pytest.raises(Refused):
                actions.post(name, DAY, "m", "d", lines, by="m")
        else:
            actions.post(name, DAY, "m", "d", lines, by="m")
            self._book(name, lines)

    @rule(key=st.integers(0, 40))
    def reverse(self, key: int) -> None:
        name = f"k{key}"
        if name not in self.posted:
            with pytest.raises(Refused):
                actions.reverse(name, date=DAY, document="d", by="m")
            return
        actions.reverse(name, date=DAY, document="d", by="m")
        if name not in self.reversed:
            self.reversed.add(name)
            self._book(f"balik:{name}", arithmetic.reversed_lines(self.posted[name]))

    @invariant()
    def the_books_balance_and_agree_with_the_model(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        trial = trial_balance()
        assert arithmetic.off_balance(trial) == 0
        assert int(trial["balance_idr"].sum()) == 0
        held = {a: b for a, b in trial.select("account", "balance_idr").iter_rows() if b}
        assert held == {a: b for a, b in self.sums.items() if b}
        assert Entry.objects.count() == len(self.posted)


@pytest.mark.django_db
def test_any_sequence_keeps_the_books_balanced() -> None:
    quiet = settings(
        max_examples=20,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Ledger, settings=quiet)
