"""An outsider adds the exported text up again, without our code."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from jaring.ledger import actions, events
from jaring.ledger.balance import postings
from jaring.ledger.export import lines

DAY = dt.date(2026, 4, 1)


def _outsider(text: str) -> tuple[list[int], dict[str, int], dict[str, int]]:
    """The sum of each block, the sum of each account, and the closing balances as printed."""
    blocks: list[int] = []
    accounts: dict[str, int] = {}
    printed: dict[str, int] = {}
    for line in text.splitlines():
        if re.match(r"\d{4}-\d\d-\d\d \* ", line):
            blocks.append(0)
        elif found := re.fullmatch(r"  ([A-Z]\S+)  (-?\d+) IDR", line):
            blocks[-1] += int(found[2])
            accounts[found[1]] = accounts.get(found[1], 0) + int(found[2])
        elif found := re.fullmatch(r"\d{4}-\d\d-\d\d balance (\S+)  (-?\d+) IDR", line):
            printed[found[1]] = int(found[2])
    return blocks, accounts, printed


@pytest.mark.django_db
def test_every_block_is_zero_and_the_balances_are_the_sums() -> None:
    actions.open_accounts(["DBHCHT-2026", "ADD-2026-5203012001"], by="b")
    actions.post(
        "a", DAY, 'Pagu "DPA"\nbaris dua \\', "DPA-1", events.budget_changed("DBHCHT-2026", 1000), by="b"
    )
    both = [*events.committed("DBHCHT-2026", 300), *events.budget_changed("ADD-2026-5203012001", 40)]
    actions.post("b", DAY, "Komitmen", "", both, by="b")
    actions.reverse("a", date=DAY, document="BA", by="b")
    text = "".join(lines(postings()))
    blocks, accounts, printed = _outsider(text)
    assert blocks == [0, 0, 0]
    assert accounts == printed
    assert accounts == {
        "Anggaran:Pagu:DBHCHT-2026": 0,
        "Anggaran:Tersedia:DBHCHT-2026": 300,
        "Anggaran:Komitmen:DBHCHT-2026": -300,
        "Anggaran:Pagu:ADD-2026-5203012001": 40,
        "Anggaran:Tersedia:ADD-2026-5203012001": -40,
    }
    assert '2026-04-01 * "Pagu \\"DPA\\" baris dua \\\\"' in text
    assert 'membalik: "a"' in text


@pytest.mark.django_db
def test_an_empty_ledger_says_so() -> None:
    assert "masih kosong" in "".join(lines(postings()))
