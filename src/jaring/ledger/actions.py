"""The only writer of the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from django.db import connection, transaction

from jaring.facts.reason import refuse
from jaring.facts.rupiah import written
from jaring.journal.actions import record
from jaring.ledger import arithmetic
from jaring.ledger.balance import trial_balance
from jaring.ledger.chart import FUND_CODE, kinds
from jaring.ledger.events import Line
from jaring.ledger.models import Account, Entry, Posting
from jaring.tables.frames import copy_in

__all__ = ["Draft", "open_accounts", "post", "post_all", "reverse", "trial_balance"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it is posted. ``key`` names the event itself, so that a repeat finds it."""

    key: str
    date: dt.date
    memo: str
    document: str
    lines: tuple[Line, ...]
    reverses_id: int | None = None

    @property
    def digest(self) -> bytes:
        return arithmetic.digest(self.date.isoformat(), self.memo, self.document, self.lines)


@transaction.atomic
def open_accounts(funds: Sequence[str], *, by: str) -> int:
    """Open one account of each kind for each fund code; those already open stay. How many are new."""
    bad = [code for code in funds if not FUND_CODE.fullmatch(code)]
    if bad:
        raise refuse(
            "kode-dana-tidak-sah",
            f"Kode dana {bad[0]!r} tidak dapat menjadi nama akun.",
            "Pakai huruf besar, angka, dan tanda hubung saja, misalnya DBHCHT-2026.",
        )
    rows = [
        Account(code=k.of(f), group=k.group, kind=k.name, fund=f) for f in funds for k in kinds().values()
    ]
    known = set(Account.objects.filter(fund__in=funds).values_list("code", flat=True))
    fresh = [row for row in rows if row.code not in known]
    if not fresh:
        return 0
    # Two first users may open the same accounts at once; the second finds them there.
    Account.objects.bulk_create(fresh, ignore_conflicts=True)
    record("ledger.open_accounts", f"{len(fresh)} akun", by=by, accounts=len(fresh))
    return len(fresh)


@transaction.atomic
def post(key: str, date: dt.date, memo: str, document: str, lines: Sequence[Line], *, by: str) -> Entry:
    """Post one balanced entry: ``lines`` are (account, rupiah), debits positive, credits negative.

    The same key with the same content gives back the entry that is there; with other content it is
    refused. Refused too: lines that do not balance, fewer than two, an account that was never opened.
    """
    return post_all([Draft(key, date, memo, document, tuple(lines))], by=by)[0][0]


@transaction.atomic
def post_all(drafts: Sequence[Draft], *, by: str) -> list[tuple[Entry, bool]]:
    """Post several entries in one transaction: each with True when new, False when it was there."""
    for draft in drafts:
        _check(draft)
    _known_accounts(drafts)
    results = _inserted(drafts)
    fresh = [(entry, draft) for (entry, new), draft in zip(results, drafts, strict=True) if new]
    if fresh:
        rows = [(entry.pk, account, amount) for entry, draft in fresh for account, amount in draft.lines]
        copy_in(pl.DataFrame(rows, schema=_POSTING, orient="row"), Posting)
        record(
            "ledger.post",
            fresh[0][0].key if len(fresh) == 1 else f"{len(fresh)} ayat jurnal",
            by=by,
            entries=len(fresh),
            debit_idr=sum(entry.debit_idr for entry, _ in fresh),
            first=fresh[0][0].key,
            last=fresh[-1][0].key,
        )
    return results


@transaction.atomic
def reverse(key: str, *, date: dt.date, document: str, memo: str = "", by: str) -> Entry:
    """Turn an entry round by a new one under ``balik:<key>``. Once only; a reversal itself stays."""
    entry = Entry.objects.filter(key=key).first()
    if entry is None:
        raise refuse("ayat-tidak-ada", f"Ayat jurnal {key} tidak ada.", "Periksa kuncinya pada buku besar.")
    if entry.reverses_id is not None:
        raise refuse(
            "pembalikan-tidak-dibalik",
            f"Ayat jurnal {key} adalah pembalikan dan tidak dapat dibalik lagi.",
            "Bukukan ayat jurnal baru yang benar.",
        )
    lines = list(entry.postings.order_by("id").values_list("account_id", "amount_idr"))
    return post_all(
        [
            Draft(
                f"balik:{key}",
                date,
                memo or f"Pembalikan: {entry.memo}"[:300],
                document,
                tuple(arithmetic.reversed_lines(lines)),
                entry.pk,
            )
        ],
        by=by,
    )[0][0]


_POSTING = {"entry_id": pl.Int64, "account_id": pl.String, "amount_idr": pl.Int64}


def _check(draft: Draft) -> None:
    if not draft.key or len(draft.key) > 200:
        raise refuse("kunci-tidak-sah", "Ayat jurnal memerlukan kunci, paling panjang 200 huruf.")
    fault = arithmetic.fault(draft.lines)
    if fault:
        raise refuse(
            "ayat-tidak-seimbang",
            f"{fault} (kunci {draft.key})",
            "Perbaiki baris-barisnya lalu bukukan lagi.",
        )


def _known_accounts(drafts: Sequence[Draft]) -> None:
    asked = {account for draft in drafts for account, _ in draft.lines}
    known = set(Account.objects.filter(code__in=asked).values_list("code", flat=True))
    unknown = sorted(asked - known)
    if unknown:
        raise refuse(
            "akun-belum-dibuka",
            f"Akun {unknown[0]} belum dibuka.",
            "Muat anggaran dana itu lebih dahulu; akunnya dibuka bersamaan.",
        )


def _inserted(drafts: Sequence[Draft]) -> list[tuple[Entry, bool]]:
    """Insert or find, all in one statement. ON CONFLICT waits for a rival that holds a key."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_entry
                 (key, date, memo, document, lines, debit_idr, digest, reverses_id, posted_at)
               SELECT d.*, now() FROM unnest(%s::text[], %s::date[], %s::text[], %s::text[], %s::int[],
                                             %s::bigint[], %s::bytea[], %s::bigint[]) d
               ON CONFLICT DO NOTHING RETURNING key""",
            [
                [d.key for d in drafts],
                [d.date for d in drafts],
                [d.memo for d in drafts],
                [d.document for d in drafts],
                [len(d.lines) for d in drafts],
                [arithmetic.debits(d.lines) for d in drafts],
                [d.digest for d in drafts],
                [d.reverses_id for d in drafts],
            ],
        )
        new = {key for (key,) in cursor.fetchall()}
    # A later statement, so that it sees the row of a rival that was waited for.
    entries = {entry.key: entry for entry in Entry.objects.filter(key__in=[d.key for d in drafts])}
    results = []
    for draft in drafts:
        results.append((_same(draft, entries.get(draft.key)), draft.key in new))
        # The same key twice in one call is one entry.
        new.discard(draft.key)
    return results


def _same(draft: Draft, entry: Entry | None) -> Entry:
    """The entry under the draft's key; refused when it says something else."""
    if entry is not None and bytes(entry.digest) == draft.digest:
        return entry
    there = f"senilai {written(entry.debit_idr)} tanggal {entry.date}" if entry else "dengan kunci lain"
    raise refuse(
        "kunci-sudah-dipakai",
        f"Kunci {draft.key} sudah dipakai untuk ayat jurnal lain {there}.",
        "Pakai kunci peristiwa yang lain, atau balik ayat yang lama lebih dahulu.",
    )
