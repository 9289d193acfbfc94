"""Ledger arithmetic: sums of postings, without a database. Whole rupiah only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import polars as pl

from jaring.ledger.events import Line

#: PostgreSQL's bigint; a sum beyond it is a mistake long before it is money.
LARGEST_IDR = 2**63 - 1


def fault(lines: Sequence[Line]) -> str | None:
    """Why these lines are no entry, as an Indonesian sentence; None when they are one."""
    if len(lines) < 2:
        return "Satu ayat jurnal memerlukan sedikitnya dua baris."
    for _, amount in lines:
        if type(amount) is not int:
            return "Jumlah rupiah harus bilangan bulat."
        if amount == 0:
            return "Baris bernilai nol tidak dibukukan."
        if abs(amount) > LARGEST_IDR:
            return "Jumlah rupiah terlalu besar untuk dibukukan."
    total = sum(amount for _, amount in lines)
    if total != 0:
        return f"Debit dan kredit tidak sama: selisih {total} rupiah."
    return None


def debits(lines: Sequence[Line]) -> int:
    """The sum of the debit side."""
    return sum(amount for _, amount in lines if amount > 0)


def reversed_lines(lines: Sequence[Line]) -> list[Line]:
    """The same accounts with the signs turned."""
    return [(account, -amount) for account, amount in lines]


def digest(date: str, memo: str, document: str, lines: Sequence[Line]) -> bytes:
    """SHA-256 over what an entry says; the order of its lines does not matter."""
    parts = [date, memo, document, *(f"{account} {amount}" for account, amount in sorted(lines))]
    hashed = hashlib.sha256(b"jaring-ledger-1")
    for part in parts:
        raw = part.encode()
        hashed.update(len(raw).to_bytes(8, "big"))
        hashed.update(raw)
    return hashed.digest()


def balances(postings: pl.DataFrame) -> pl.DataFrame:
    """Per account: ``debit_idr, credit_idr, balance_idr`` from postings of ``account, amount_idr``."""
    amount = pl.col("amount_idr")
    return (
        postings.group_by("account")
        .agg(
            debit_idr=amount.filter(amount > 0).sum(),
            credit_idr=-amount.filter(amount < 0).sum(),
            balance_idr=amount.sum(),
        )
        .sort("account")
    )


def off_balance(trial: pl.DataFrame) -> int:
    """Debits less credits over a whole trial balance; anything but 0 is a broken ledger."""
    return int(trial["debit_idr"].sum()) - int(trial["credit_idr"].sum())
