"""Payments: the SP2D goes to the ledger, and only then are its months paid."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment import papers
from jaring.enrolment.actions_told import settle, tell
from jaring.enrolment.models import Bill, Payment
from jaring.enrolment.policy import CLAIMS, OWED
from jaring.facts.month import Month
from jaring.facts.reason import Refused, refuse
from jaring.facts.rupiah import written
from jaring.funding import actions_after as funds
from jaring.journal.actions import record
from jaring.tables.frames import read


def read_payments(folder: Path, *, by: str) -> dict[str, int]:
    """Book every SP2D of the ``sp2d*`` files under the folder. One that cannot be booked is told."""
    counts = dict.fromkeys(("files", "payments", "months", "told"), 0)
    for path in papers.files(folder, "sp2d"):
        try:
            book = papers.opened(path)
            rows = papers.table(book, "sp2d", papers.SP2D)
        except Refused as refused:
            counts["told"] += tell(
                [(f"berkas:{path.name}", refused.reason.code, path.name, refused.reason.sentence)]
            )
            continue
        counts["files"] += 1
        rows = rows.with_columns(date=papers.day("TANGGAL"), amount=papers.whole("NILAI"))
        for row in rows.iter_rows(named=True):
            key = f"sp2d:{book.sha256}:{row['row']}"
            try:
                done = record_payment(
                    row["NOMOR SP2D"] or "",
                    date=row["date"],
                    amount_idr=row["amount"],
                    bills=[n.strip() for n in re.split("[;,]", row["NOMOR TAGIHAN"] or "") if n.strip()],
                    document=f"SP2D {row['NOMOR SP2D']}, sha256 {book.sha256[:16]}",
                    by=by,
                )
            except Refused as refused:
                place = f"{path.name} baris {row['row']}: "
                counts["told"] += tell(
                    [(key, refused.reason.code, path.name, place + refused.reason.sentence)]
                )
                continue
            settle(key)
            counts["payments"] += int(done > 0)
            counts["months"] += done
    return counts


@transaction.atomic
def record_payment(
    number: str, *, date: dt.date | None, amount_idr: int | None, bills: Sequence[str], document: str, by: str
) -> int:
    """Book one SP2D that pays whole bills, of one month or several. How many person-months are paid by it.

    Refused, with nothing booked: a bill that is unknown, differs or was paid by another; a sum that is
    not the sum of its bills; months that lapsed. The same number again changes nothing (0).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.bill'))")
    listed = list(Bill.objects.select_for_update().filter(number__in=list(bills)).order_by("id"))
    known = Payment.objects.filter(kind="sp2d", number=number).first()
    if known is not None:
        if known.amount_idr == amount_idr and {b.payment_id for b in listed} == {known.pk}:
            return 0
        raise refuse(
            "sp2d-sudah-dipakai",
            f"SP2D {number} sudah dibukukan senilai {written(known.amount_idr)}.",
            "Periksa nomor SP2D-nya.",
        )
    if not number or date is None or amount_idr is None or amount_idr <= 0:
        raise refuse(
            "sp2d-tidak-lengkap", "Nomor, tanggal, atau nilai SP2D tidak terbaca.", "Lengkapi berkasnya."
        )
    _payable(number, listed, list(bills), amount_idr)
    payment = Payment.objects.create(
        number=number[:80], kind="sp2d", date=date, amount_idr=amount_idr, document=document[:200], by=by
    )
    paid = _book(payment, listed, by=by)
    record(
        "enrolment.record_payment",
        number[:200],
        by=by,
        amount_idr=amount_idr,
        bills=len(listed),
        person_months=paid,
        date=date,
    )
    return paid


def _book(payment: Payment, listed: list[Bill], *, by: str) -> int:
    """The ledger, then the months, then the bills. Refused when the months are not worth the payment."""
    # Month and wadah lead the index; the bill alone would go through all months there are.
    months = sorted({b.month for b in listed})
    where: list[Any] = [months, sorted({b.wadah for b in listed}), [b.pk for b in listed], list(OWED)]
    amounts = dict(
        read(
            """SELECT f.code, sum(m.iuran_idr)::bigint AS idr FROM enrolment_personmonth m
                 JOIN funding_fund f ON f.id = m.fund_id
                WHERE m.month = ANY(%s) AND m.wadah = ANY(%s) AND m.bill_id = ANY(%s) AND m.state = ANY(%s)
                GROUP BY 1 ORDER BY 1""",
            where,
        ).iter_rows()
    )
    if sum(amounts.values()) != payment.amount_idr:
        raise refuse(
            "bulan-tidak-sama-dengan-tagihan",
            f"Bulan-orang di balik SP2D {payment.number} bernilai {written(sum(amounts.values()))}, "
            f"SP2D {written(payment.amount_idr)}.",
            "Aktifkan kembali bulan yang gugur, atau mintakan tagihan baru.",
        )
    span = " sampai ".join(dict.fromkeys(Month.of(m).name for m in (months[0], months[-1])))
    # The ledger first: were it to refuse, no month would be called paid.
    funds.pay(
        amounts,
        key=payment.number,
        date=payment.date,
        document=payment.document,
        memo=f"Iuran {span}"[:300],
        by=by,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_personmonth SET state = 'paid', payment_id = %s
                WHERE month = ANY(%s) AND wadah = ANY(%s) AND bill_id = ANY(%s) AND state = ANY(%s)""",
            [payment.pk, *where],
        )
        paid = int(cursor.rowcount)
    Bill.objects.filter(pk__in=[b.pk for b in listed]).update(state="paid", payment=payment)
    return paid


def _payable(number: str, listed: list[Bill], bills: list[str], amount_idr: int) -> None:
    missing = sorted(set(bills) - {b.number for b in listed})
    if missing or not bills:
        raise refuse(
            "tagihan-tak-dikenal",
            f"SP2D {number} menyebut tagihan {missing[0] if missing else '(kosong)'} yang belum diterima.",
            "Masukkan berkas tagihan BPJS lebih dahulu.",
        )
    wrong = [b for b in listed if b.state != "matched"]
    if wrong:
        raise refuse(
            "tagihan-belum-cocok",
            f"Tagihan {wrong[0].number} berkeadaan {STATES[wrong[0].state]}; SP2D {number} belum dibukukan.",
            "Selesaikan selisihnya dengan BPJS, lalu masukkan lagi.",
        )
    total = sum(b.billed_idr for b in listed)
    if total != amount_idr:
        raise refuse(
            "nilai-sp2d-beda",
            f"SP2D {number} bernilai {written(amount_idr)}, jumlah tagihannya {written(total)}.",
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


def recoverable() -> pl.DataFrame:
    """Paid months after somebody had left: what the insurer owes back.

    ``person_month_id, person_id, month, source, wadah, fund, iuran_idr, kind, event_date, mutation_id``
    """
    return read(
        """SELECT DISTINCT ON (m.id) m.id AS person_month_id, m.person_id, m.month, m.source, m.wadah,
                  f.code AS fund, m.iuran_idr::bigint AS iuran_idr, u.kind, u.event_date, u.id AS mutation_id
             FROM enrolment_personmonth m JOIN enrolment_mutation u
               ON u.person_id = m.person_id AND m.month >= u.from_month
             JOIN funding_fund f ON f.id = m.fund_id
            WHERE m.state = 'paid' AND m.source_kind = 'programme' ORDER BY m.id, u.from_month"""
    )


@transaction.atomic
def reverse(person_months: Sequence[int], *, document: str, by: str) -> int:
    """Turn recoverable months round: the insurer owes their rupiah back, they are protected no more."""
    rows = recoverable().filter(pl.col("person_month_id").is_in(list(person_months)))
    if rows.is_empty():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'stopped', mutation_id = w.mutation, reason = w.kind
                 FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS w(id, mutation, kind)
                WHERE m.id = w.id AND m.state = 'paid'""",
            [rows["person_month_id"].to_list(), rows["mutation_id"].to_list(), rows["kind"].to_list()],
        )
    amounts = dict(rows.group_by("fund").agg(pl.col("iuran_idr").sum()).sort("fund").iter_rows())
    ids = rows["person_month_id"].sort()
    funds.restitution_owed(
        amounts,
        key=f"{ids[0]}-{ids[-1]}:{rows.height}",
        date=timezone.localdate(),
        document=document[:200],
        memo=f"Kelebihan bayar {rows.height} bulan-orang",
        by=by,
    )
    record(
        "enrolment.reverse",
        document[:200],
        by=by,
        person_months=rows.height,
        amount_idr=sum(amounts.values()),
    )
    return rows.height
