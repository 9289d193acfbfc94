"""Payments: the SP2D goes to the ledger, and only then are its months paid."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection, transaction

from jaring.enrolment import papers
from jaring.enrolment.actions_told import settle, tell
from jaring.enrolment.models import Bill, Payment
from jaring.enrolment.policy import CLAIMS, OWED
from jaring.facts.month import Month
from jaring.facts.reason import Refused, refuse
from jaring.facts.rupiah import written
from jaring.funding import actions_after as funds
from jaring.journal.actions import record, record_each
from jaring.tables.frames import read

#: SP2D booked in one transaction. One that is refused sends its chunk through one by one.
_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Sp2d:
    """A payment document as it came: what could not be read is None."""

    number: str
    date: dt.date | None
    amount_idr: int | None
    bills: tuple[str, ...]
    document: str


def read_payments(
    folder: papers.Sources,
    *,
    by: str,
    strict: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, int]:
    """Book every SP2D of the ``sp2d*`` files under the folder, or of files received. One that cannot be
    booked is told. ``strict``: a file that cannot be read is refused, not told."""
    counts = dict.fromkeys(("files", "payments", "months", "told"), 0)
    for path in papers.files(folder, "sp2d"):
        try:
            book = papers.opened(path)
            rows = papers.table(book, "sp2d", papers.SP2D)
        except Refused as refused:
            if strict:
                raise
            counts["told"] += tell(
                [(f"berkas:{path.name}", refused.reason.code, path.name, refused.reason.sentence)]
            )
            continue
        counts["files"] += 1
        rows = rows.with_columns(date=papers.day("TANGGAL"), amount=papers.whole("NILAI"))
        listed = [(row["row"], _sp2d(row, book.sha256)) for row in rows.iter_rows(named=True)]
        for start in range(0, len(listed), _TOGETHER):
            if progress is not None:
                progress(start, len(listed))
            _book_some(listed[start : start + _TOGETHER], path.name, book.sha256, counts, by=by)
    return counts


def _sp2d(row: dict[str, Any], sha256: str) -> Sp2d:
    bills = tuple(n.strip() for n in re.split("[;,]", row["NOMOR TAGIHAN"] or "") if n.strip())
    document = f"SP2D {row['NOMOR SP2D']}, sha256 {sha256[:16]}"
    return Sp2d(row["NOMOR SP2D"] or "", row["date"], row["amount"], bills, document)


def _book_some(
    listed: list[tuple[int, Sp2d]], file: str, sha256: str, counts: dict[str, int], *, by: str
) -> None:
    """Together when all can be booked; else each by itself, so that only the faulty ones are left."""
    try:
        done = record_payments([one for _, one in listed], by=by)
    except Refused as refused:
        if len(listed) > 1:
            for one in listed:
                _book_some([one], file, sha256, counts, by=by)
            return
        [(row, _)] = listed
        sentence = f"{file} baris {row}: {refused.reason.sentence}"
        counts["told"] += tell([(f"sp2d:{sha256}:{row}", refused.reason.code, file, sentence)])
        return
    settle([f"sp2d:{sha256}:{row}" for row, _ in listed])
    counts["payments"] += sum(months > 0 for months in done)
    counts["months"] += sum(done)


def record_payment(
    number: str, *, date: dt.date | None, amount_idr: int | None, bills: Sequence[str], document: str, by: str
) -> int:
    """Book one SP2D that pays whole bills, of one month or several. How many person-months are paid by it.

    Refused, with nothing booked: a bill that is unknown, differs or was paid by another; a sum that is
    not the sum of its bills; months that lapsed. The same number again changes nothing (0).
    """
    return record_payments([Sp2d(number, date, amount_idr, tuple(bills), document)], by=by)[0]


@transaction.atomic
def record_payments(listed: Sequence[Sp2d], *, by: str) -> list[int]:
    """As ``record_payment`` for several SP2D: all of them, or none when one is refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.bill'))")
    asked = {number for one in listed for number in one.bills}
    bills = {b.number: b for b in Bill.objects.select_for_update().filter(number__in=asked).order_by("id")}
    numbers = [one.number for one in listed]
    known = {p.number: p for p in Payment.objects.filter(kind="sp2d", number__in=numbers)}
    fresh: dict[str, tuple[Sp2d, list[Bill]]] = {}
    taken: set[str] = set()
    for one in listed:
        named = sorted((bills[n] for n in set(one.bills) if n in bills), key=lambda b: b.pk)
        if _is_known(one, known.get(one.number), named):
            continue
        _payable(one, named)
        if one.number in fresh or taken & set(one.bills):
            raise refuse(
                "sp2d-berulang",
                f"Nomor SP2D {one.number} atau tagihannya disebut lebih dari sekali.",
                "Periksa berkas SP2D-nya.",
            )
        taken |= set(one.bills)
        fresh[one.number] = (one, named)
    if not fresh:
        return [0] * len(listed)
    paid = _book(fresh, by=by)
    subjects = [
        (
            number[:200],
            {
                "amount_idr": one.amount_idr,
                "bills": len(named),
                "person_months": paid[number],
                "date": one.date,
            },
        )
        for number, (one, named) in fresh.items()
    ]
    record_each("enrolment.record_payment", subjects, by=by)
    return [paid.get(number, 0) for number in numbers]


def _is_known(one: Sp2d, known: Payment | None, named: list[Bill]) -> bool:
    if known is None:
        return False
    if known.amount_idr == one.amount_idr and {b.payment_id for b in named} == {known.pk}:
        return True
    raise refuse(
        "sp2d-sudah-dipakai",
        f"SP2D {one.number} sudah dibukukan senilai {written(known.amount_idr)}.",
        "Periksa nomor SP2D-nya.",
    )


def _book(fresh: dict[str, tuple[Sp2d, list[Bill]]], *, by: str) -> dict[str, int]:
    """The ledger, then the months, then the bills; person-months paid by each SP2D.

    Refused when the months behind an SP2D are not worth what it pays.
    """
    made = Payment.objects.bulk_create(
        Payment(
            number=one.number[:80],
            kind="sp2d",
            date=one.date,
            amount_idr=one.amount_idr,
            document=one.document[:200],
            by=by,
        )
        for one, _ in fresh.values()
        if one.date is not None and one.amount_idr is not None  # ``_payable`` let no other through
    )
    payments = dict(zip(fresh, made, strict=True))
    paying = {b.pk: number for number, (_, named) in fresh.items() for b in named}
    bills = [b for _, named in fresh.values() for b in named]
    worth = _worth(bills)
    split: dict[str, Counter[str]] = {number: Counter() for number in fresh}
    months = dict.fromkeys(fresh, 0)
    for bill, code, amount, count in worth.iter_rows():
        split[paying[bill]][code] += amount
        months[paying[bill]] += count
    for number, (one, _) in fresh.items():
        if split[number].total() != one.amount_idr:
            raise refuse(
                "bulan-tidak-sama-dengan-tagihan",
                f"Bulan-orang di balik SP2D {number} bernilai {written(split[number].total())}, "
                f"SP2D {written(one.amount_idr or 0)}.",
                "Aktifkan kembali bulan yang gugur, atau mintakan tagihan baru.",
            )
    # The ledger first: were it to refuse, no month would be called paid.
    funds.pay_each(
        [
            funds.Paper(number, split[number], paid.date, paid.document, _memo(fresh[number][1]))
            for number, paid in payments.items()
        ],
        by=by,
    )
    _paid({pk: payments[number].pk for pk, number in paying.items()}, bills)
    return months


def _paid(by_bill: dict[int, int], bills: list[Bill]) -> None:
    """The months on the bills, and the bills, are paid by the payment of each."""
    ids, payments = [b.pk for b in bills], [by_bill[b.pk] for b in bills]
    with connection.cursor() as cursor:
        # Month and wadah lead the index; the bill alone would go through all months there are.
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'paid', payment_id = w.payment
                 FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::text[])
                   AS w(bill, payment, month, wadah)
                WHERE m.month = w.month AND m.wadah = w.wadah AND m.bill_id = w.bill AND m.state = ANY(%s)""",
            [ids, payments, [b.month for b in bills], [b.wadah for b in bills], list(OWED)],
        )
        cursor.execute(
            """UPDATE enrolment_bill b SET state = 'paid', payment_id = w.payment
                 FROM unnest(%s::bigint[], %s::bigint[]) AS w(bill, payment) WHERE b.id = w.bill""",
            [ids, payments],
        )


def _worth(bills: list[Bill]) -> pl.DataFrame:
    """``bill_id, code, idr, months`` of what is still owed behind the bills, by fund."""
    return read(
        """SELECT m.bill_id, f.code, sum(m.iuran_idr)::bigint AS idr, count(*) AS months
             FROM enrolment_personmonth m JOIN funding_fund f ON f.id = m.fund_id
            WHERE m.month = ANY(%s) AND m.wadah = ANY(%s) AND m.bill_id = ANY(%s) AND m.state = ANY(%s)
            GROUP BY 1, 2 ORDER BY 1, 2""",
        [
            sorted({b.month for b in bills}),
            sorted({b.wadah for b in bills}),
            [b.pk for b in bills],
            list(OWED),
        ],
    )


def _memo(bills: list[Bill]) -> str:
    months = sorted({b.month for b in bills})
    return "Iuran " + " sampai ".join(dict.fromkeys(Month.of(m).name for m in (months[0], months[-1])))


def _payable(one: Sp2d, listed: list[Bill]) -> None:
    if not one.number or one.date is None or one.amount_idr is None or one.amount_idr <= 0:
        raise refuse(
            "sp2d-tidak-lengkap", "Nomor, tanggal, atau nilai SP2D tidak terbaca.", "Lengkapi berkasnya."
        )
    missing = sorted(set(one.bills) - {b.number for b in listed})
    if missing or not one.bills:
        raise refuse(
            "tagihan-tak-dikenal",
            f"SP2D {one.number} menyebut tagihan {[*missing, '(kosong)'][0]} yang belum diterima.",
            "Masukkan berkas tagihan BPJS lebih dahulu.",
        )
    wrong = [b for b in listed if b.state != "matched"]
    if wrong:
        raise refuse(
            "tagihan-belum-cocok",
            f"Tagihan {wrong[0].number} berkeadaan {STATES[wrong[0].state]}; "
            f"SP2D {one.number} belum dibukukan.",
            "Selesaikan selisihnya dengan BPJS, lalu masukkan lagi.",
        )
    total = sum(b.owed_idr for b in listed)
    if total != one.amount_idr:
        raise refuse(
            "nilai-sp2d-beda",
            f"SP2D {one.number} bernilai {written(one.amount_idr)}, jumlah tagihannya {written(total)}.",
            "Periksa nomor tagihan yang disebut SP2D.",
        )


#: What people call the state of a bill.
STATES = {
    "different": "selisih",
    "matched": "cocok",
    "changed": "berubah oleh mutasi",
    "paid": "dibayar",
    "withdrawn": "diganti",
}


@transaction.atomic
def reinstate(month: Month, wadah: str, *, document: str, by: str) -> int:
    """The insurer takes lapsed months of a wadah back, on its letter: they may be paid again.

    A month that somebody else claimed meanwhile stays lapsed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'unpaid', reason = ''
                WHERE m.month = %s AND m.wadah = %s AND m.state = 'lapsed' AND NOT EXISTS (
                      SELECT 1 FROM enrolment_personmonth o WHERE o.person_id = m.person_id
                         AND o.month = m.month AND o.id <> m.id AND o.state = ANY(%s))""",
            [month.first, wadah, list(CLAIMS)],
        )
        count = int(cursor.rowcount)
    record("enrolment.reinstate", f"{month} {wadah}", by=by, person_months=count, document=document)
    return count
