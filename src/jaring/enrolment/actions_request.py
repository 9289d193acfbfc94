"""The treasury takes in a request for payment (SPP), and tries an SP2D before it books it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment.actions_pay import STATES, record_payment
from jaring.enrolment.models import Bill
from jaring.enrolment.models_request import PaymentRequest, RequestLine
from jaring.facts.reason import refuse
from jaring.facts.rupiah import written
from jaring.journal.actions import record


@transaction.atomic
def record_request(
    number: str, *, date: dt.date, amount_idr: int, bills: Sequence[str], by: str
) -> PaymentRequest:
    """Keep one SPP over whole bills. The same number with the same content is one.

    Refused: a bill that is unknown, does not match or stands in another request; a sum that is not theirs.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.bill'))")
    listed = list(Bill.objects.filter(number__in=list(bills)).order_by("id"))
    known = PaymentRequest.objects.filter(number=number).first()
    if known is not None:
        own = {line.bill_id for line in known.lines.all()}
        if known.amount_idr == amount_idr and own == {b.pk for b in listed} and known.withdrawn_at is None:
            return known
        raise refuse(
            "spp-sudah-dipakai",
            f"SPP {number} sudah dicatat senilai {written(known.amount_idr)}.",
            "Periksa nomor SPP-nya.",
        )
    _fit(number, listed, set(bills), amount_idr)
    made = PaymentRequest.objects.create(number=number[:80], date=date, amount_idr=amount_idr, by=by)
    RequestLine.objects.bulk_create(RequestLine(request=made, bill=bill) for bill in listed)
    record("enrolment.record_request", number[:200], by=by, amount_idr=amount_idr, bills=len(listed))
    return made


def _fit(number: str, listed: list[Bill], asked: set[str], amount_idr: int) -> None:
    missing = sorted(asked - {b.number for b in listed})
    if missing or not listed:
        raise refuse(
            "tagihan-tak-dikenal",
            f"SPP {number} menyebut tagihan {[*missing, '(kosong)'][0]} yang belum diterima.",
            "Pilih sedikitnya satu tagihan yang ada.",
        )
    wrong = [b for b in listed if b.state != "matched"]
    if wrong:
        raise refuse(
            "tagihan-belum-cocok",
            f"Tagihan {wrong[0].number} berkeadaan {STATES[wrong[0].state]}; SPP {number} belum dicatat.",
            "SPP hanya untuk tagihan yang cocok dan belum dibayar.",
        )
    other = RequestLine.objects.filter(bill__in=listed, stands=True).select_related("request", "bill").first()
    if other is not None:
        raise refuse(
            "tagihan-sudah-diminta",
            f"Tagihan {other.bill.number} sudah ada di SPP {other.request.number}.",
            "Tarik SPP yang lama lebih dahulu, atau hilangkan tagihan itu.",
        )
    total = sum(b.owed_idr for b in listed)
    if total != amount_idr:
        raise refuse(
            "nilai-spp-beda",
            f"SPP {number} bernilai {written(amount_idr)}, jumlah tagihannya {written(total)}.",
            "Samakan nilainya, atau periksa tagihan yang dipilih.",
        )


@transaction.atomic
def withdraw_request(request: PaymentRequest, *, reason: str, by: str) -> None:
    """The SPP is taken back: its bills are free for another. One that was paid stays."""
    held = PaymentRequest.objects.select_for_update().get(pk=request.pk)
    if held.withdrawn_at is not None:
        return
    if held.lines.filter(bill__state="paid").exists():
        raise refuse("spp-sudah-dibayar", f"SPP {held.number} sudah dibayar.", "Tidak perlu ditarik.")
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = timezone.now(), by, reason[:200]
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    held.lines.update(stands=False)
    record("enrolment.withdraw_request", held.number, by=by, alasan=reason)


@transaction.atomic
def rehearse_request(
    number: str, *, date: dt.date, amount_idr: int, bills: Sequence[str], by: str
) -> PaymentRequest:
    """What ``record_request`` would make, or its refusal; nothing of it stays."""
    point = transaction.savepoint()
    try:
        return record_request(number, date=date, amount_idr=amount_idr, bills=bills, by=by)
    finally:
        transaction.savepoint_rollback(point)


@transaction.atomic
def rehearse_payment(number: str, *, date: dt.date, amount_idr: int, bills: Sequence[str], by: str) -> int:
    """How many person-months the SP2D would pay, or its refusal, by booking it and taking that back.

    Everything that could refuse it is asked, the ledger and the months too.
    """
    point = transaction.savepoint()
    try:
        return record_payment(
            number, date=date, amount_idr=amount_idr, bills=bills, document=f"SP2D {number}", by=by
        )
    finally:
        transaction.savepoint_rollback(point)
