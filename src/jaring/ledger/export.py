"""The whole ledger as plain text that an outsider can add up again, with a program or with a pencil.

The form is that of beancount, so ``bean-check`` reads it as it stands; the totals stand at the end as
balance lines, which that program checks by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl

from jaring.ledger.arithmetic import balances

_HEAD = """;; Buku besar Jaring. Satu blok = satu ayat jurnal; plus debit, minus kredit, rupiah utuh.
;; Jumlah setiap blok nol. Jumlah semua baris nol. Setiap akun dimulai dari nol.
option "title" "Buku besar iuran jaminan sosial ketenagakerjaan"
option "name_assets" "Aset"
option "name_liabilities" "Kewajiban"
option "name_equity" "Anggaran"
option "name_income" "Pendapatan"
option "name_expenses" "Beban"
"""


def lines(postings: pl.DataFrame) -> Iterator[str]:
    """Text from ``balance.postings()``: openings, entries in order, closing balances."""
    yield _HEAD
    if postings.is_empty():
        yield ";; Buku besar masih kosong.\n"
        return
    opened = postings.group_by("account").agg(pl.col("date").min()).sort("account")
    for account, day in opened.select("account", "date").iter_rows():
        yield f"{day} open {account} IDR\n"
    for entry in postings.partition_by("entry_id", maintain_order=True):
        head = entry.row(0, named=True)
        yield f"\n{head['date']} * {_quoted(head['memo'])}\n  kunci: {_quoted(head['key'])}\n"
        if head["document"]:
            yield f"  dokumen: {_quoted(head['document'])}\n"
        if head["reverses"]:
            yield f"  membalik: {_quoted(head['reverses'])}\n"
        for account, amount in entry.select("account", "amount_idr").iter_rows():
            yield f"  {account}  {amount} IDR\n"
    last: dt.date = postings["date"].max()  # type: ignore[assignment]
    yield "\n"
    for account, balance in balances(postings).select("account", "balance_idr").iter_rows():
        # A balance line holds at the start of its day.
        yield f"{last + dt.timedelta(days=1)} balance {account}  {balance} IDR\n"


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
