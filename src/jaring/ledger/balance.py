"""Reading the ledger: trial balance, one fund, everything. Changes nothing."""

from __future__ import annotations

import datetime as dt

import polars as pl

from jaring.ledger.arithmetic import balances
from jaring.tables.frames import read


def postings(until: dt.date | None = None) -> pl.DataFrame:
    """Every line in order: ``entry_id, key, date, memo, document, reverses, account, amount_idr``."""
    query = """SELECT e.id AS entry_id, e.key, e.date, e.memo, e.document, o.key AS reverses,
                      p.account_id AS account, p.amount_idr
               FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id
               LEFT JOIN ledger_entry o ON o.id = e.reverses_id"""
    order = " ORDER BY e.date, e.id, p.id"
    if until is None:
        return read(query + order)
    return read(f"{query} WHERE e.date <= %s{order}", [until])


def accounts() -> pl.DataFrame:
    """Every account that was ever opened: ``account, group, kind, fund``."""
    return read('SELECT code AS account, "group", kind, fund FROM ledger_account ORDER BY code')


def trial_balance(until: dt.date | None = None) -> pl.DataFrame:
    """Per account: ``account, group, kind, fund, debit_idr, credit_idr, balance_idr``; unused ones with 0."""
    sums = balances(postings(until).select("account", "amount_idr"))
    money = ["debit_idr", "credit_idr", "balance_idr"]
    return (
        accounts()
        .join(sums, on="account", how="left", maintain_order="left")
        .with_columns(pl.col(money).fill_null(0))
    )


def by_fund(until: dt.date | None = None) -> pl.DataFrame:
    """One row per fund with the balance of each kind of account, each on its own usual side.

    ``fund, pagu_idr, tersedia_idr, komitmen_idr, realisasi_idr, iuran_idr, utang_idr, piutang_idr, kas_idr``
    """
    trial = trial_balance(until)

    def of(kind: str, sign: int) -> pl.Expr:
        return pl.col("balance_idr").filter(pl.col("kind") == kind).sum() * sign

    return (
        trial.group_by("fund")
        .agg(
            pagu_idr=of("Pagu", 1),
            tersedia_idr=of("Tersedia", -1),
            komitmen_idr=of("Komitmen", -1),
            realisasi_idr=of("Realisasi", -1),
            iuran_idr=of("Iuran", 1),
            utang_idr=of("UtangIuran", -1),
            piutang_idr=of("Piutang", 1),
            kas_idr=of("Kas", -1),
        )
        .sort("fund")
    )
