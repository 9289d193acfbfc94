"""A bill that differs is settled: proposed by one, approved by another, signed by both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment import settling
from jaring.enrolment.actions_letter import numbered
from jaring.enrolment.actions_refuse import own_or_other
from jaring.enrolment.actions_settle_carry import carry_out
from jaring.enrolment.models import Bill, Settlement, SettlementLine
from jaring.enrolment.models_settlement import OPEN
from jaring.enrolment.series import written as letter_number
from jaring.facts.reason import refuse, stated
from jaring.journal.actions import record
from jaring.law.settings import LocalSetting
from jaring.officers.approving import other_person, within
from jaring.tables.frames import copy_in


@transaction.atomic
def propose(
    bill: Bill | int,
    way: str,
    reason: str,
    *,
    by: str,
    released: Sequence[int] = (),
    settings: Sequence[LocalSetting] = (),
) -> Settlement:
    """Put a settlement of an unpaid bill before a second person. The same again gives back the one there is.

    ``released``: the persons whom a bill without names leaves out; a bill that names people says it itself.
    """
    why = stated(reason, what="alasan penyelesaian")
    if way not in settling.WAYS:
        raise ValueError(f"no bill is settled by {way!r}")
    _one_at_a_time()
    held = _unsettled(bill)
    found = settling.plan(held, released) if way == "accept" else None
    digest = found.digest if found else held.number.encode().ljust(32, b"\0")[:32]
    known = Settlement.objects.filter(bill=held, state__in=OPEN).first()
    if known is not None:
        if (known.way, bytes(known.digest), known.made_by) == (way, digest, by):
            return known
        raise refuse(
            "sudah-ada-penyelesaian",
            f"Penyelesaian tagihan {held.number} sudah diusulkan dan {settling.STATES[known.state]}.",
            "Tarik atau tolak yang ada lebih dahulu.",
        )
    made = Settlement.objects.create(
        bill=held,
        way=way,
        reason=why,
        people=found.people if found else 0,
        agreed_idr=found.agreed_idr if found else 0,
        released_idr=found.released_idr if found else 0,
        unacknowledged_idr=found.unacknowledged_idr if found else 0,
        figures=settling.figures(held, found, settings),
        digest=digest,
        made_by=by,
    )
    if found is not None:
        copy_in(found.lines.with_columns(settlement_id=made.pk), SettlementLine)
    record("enrolment.propose_settlement", held.number, by=by, cara=way, alasan=why, **_sums(made))
    return made


@transaction.atomic
def approve(settlement: Settlement | int, *, by: str, limit_idr: int | None = None) -> Settlement:
    """A second person agrees: the minutes get their number and may be signed. Again changes nothing.

    Nothing of a month or of money moves yet: the insurer has not signed.
    """
    _one_at_a_time()
    held = _held(settlement)
    other_person(held.made_by, by, "Penyelesaian ini")
    if held.state == "approved":
        return held
    _in_state(held, "draft")
    within(held.agreed_idr, limit_idr)
    _as_read(held)
    day = timezone.localdate()
    about = f"penyelesaian {held.pk} {bytes(held.digest).hex()[:16]}"
    held.letter = numbered("rekonsiliasi", about, date=day, by=by)
    held.state, held.approved_by, held.approved_at = "approved", by, timezone.now()
    held.save(update_fields=["letter", "state", "approved_by", "approved_at"])
    number = letter_number(held.letter)
    record(
        "enrolment.approve_settlement",
        held.bill.number,
        by=by,
        made_by=held.made_by,
        cara=held.way,
        berita_acara=number,
        **_sums(held),
    )
    return held


@transaction.atomic
def send_back(settlement: Settlement | int, reason: str, *, by: str) -> Settlement:
    """The checker refuses a proposal with a reason. Again changes nothing."""
    return _close(settlement, reason, "refused", ("draft",), by=by)


@transaction.atomic
def withdraw(settlement: Settlement | int, reason: str, *, by: str) -> Settlement:
    """The maker takes it back, also after approval while nobody has signed. Again changes nothing."""
    return _close(settlement, reason, "withdrawn", OPEN, by=by)


@transaction.atomic
def sign(settlement: Settlement | int, *, signed_on: dt.date, by: str) -> Settlement:
    """Both sides signed the minutes: months, money and the bill follow, and the bill can be paid.

    Refused when the list or the bill is no longer what was approved. Again changes nothing.
    """
    _one_at_a_time()
    held = _held(settlement)
    if held.state == "signed" and held.signed_on == signed_on:
        return held
    _in_state(held, "approved")
    if held.way != "accept" or held.letter is None:
        raise refuse(
            "tidak-ditandatangani",
            "Permintaan tagihan baru tidak ditandatangani; tagihannya menunggu BPJS.",
            "Masukkan tagihan yang dibetulkan bila sudah datang.",
        )
    if not held.letter.date <= signed_on <= timezone.localdate():
        raise refuse(
            "tanggal-tanda-tangan",
            "Tanggal tanda tangan di luar masa: sejak tanggal berita acaranya sampai hari ini.",
            "Periksa tanggal pada berita acara yang ditandatangani.",
        )
    found = _as_read(held)
    document = f"Berita acara {letter_number(held.letter)}"
    counts = carry_out(held, found, document=document, by=by)
    held.state, held.signed_on, held.signed_by, held.signed_at = "signed", signed_on, by, timezone.now()
    held.save(update_fields=["state", "signed_on", "signed_by", "signed_at"])
    record(
        "enrolment.sign_settlement",
        held.bill.number,
        by=by,
        berita_acara=letter_number(held.letter),
        ditandatangani=signed_on,
        **_sums(held),
        **counts,
    )
    return held


def _close(
    settlement: Settlement | int, reason: str, state: str, may: Sequence[str], *, by: str
) -> Settlement:
    why = stated(reason)
    _one_at_a_time()
    held = _held(settlement)
    own_or_other(held.made_by, by, state, "Penyelesaian ini")
    if held.state == state:
        return held
    _in_state(held, *may)
    held.state, held.refused_by, held.refused_at, held.refusal = state, by, timezone.now(), why
    held.save(update_fields=["state", "refused_by", "refused_at", "refusal"])
    verb = {"refused": "refuse", "withdrawn": "withdraw"}[state]
    record(f"enrolment.{verb}_settlement", held.bill.number, by=by, made_by=held.made_by, alasan=why)
    return held


def _one_at_a_time() -> None:
    """After whatever books bills and payments, and before it: they take the same lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.bill'))")


def _unsettled(bill: Bill | int) -> Bill:
    key = bill if isinstance(bill, int) else bill.pk
    held = Bill.objects.select_for_update().filter(pk=key).first()
    if held is None:
        raise refuse("tagihan-tak-dikenal", "Tagihan ini tidak ada.", "Lihat daftar tagihan bulan itu.")
    if held.state == "paid":
        raise refuse(
            "tagihan-sudah-dibayar",
            f"Tagihan {held.number} sudah dibayar; selisihnya tidak diselesaikan dengan mengubah yang lalu.",
            "Kelebihan bayar diminta kembali lewat pembalikan yang berdasar mutasi.",
        )
    if held.state not in settling.UNSETTLED:
        raise refuse(
            "tidak-ada-selisih",
            f"Tagihan {held.number} sudah cocok atau sudah diganti; tidak ada yang diselesaikan.",
            "Muat ulang daftar tagihannya.",
        )
    return held


def _held(settlement: Settlement | int) -> Settlement:
    key = settlement if isinstance(settlement, int) else settlement.pk
    found = Settlement.objects.select_for_update(of=("self",)).select_related("bill", "letter")
    held = found.filter(pk=key).first()
    if held is None:
        raise refuse("penyelesaian-tidak-ada", "Penyelesaian ini tidak ada.", "Muat ulang daftarnya.")
    return held


def _in_state(held: Settlement, *may: str) -> None:
    if held.state not in may:
        raise refuse(
            "langkah-tidak-dapat",
            f"Penyelesaian tagihan {held.bill.number} {settling.STATES[held.state]}.",
            "Muat ulang halamannya.",
        )


def _as_read(held: Settlement) -> settling.Plan | None:
    """What it changes now, refused when that is not what was proposed. None: nothing (``ask``)."""
    bill = _unsettled(held.bill)
    if held.way == "ask":
        return None
    released = SettlementLine.objects.filter(settlement=held, act="release").values_list(
        "person_id", flat=True
    )
    found = settling.plan(bill, list(released))
    if found.digest != bytes(held.digest):
        raise refuse(
            "keadaan-berubah",
            f"Daftar atau tagihan {bill.number} berubah sejak penyelesaian ini diusulkan.",
            "Tarik atau tolak usulan ini, periksa lagi selisihnya, lalu usulkan yang baru.",
        )
    return found


def _sums(held: Settlement) -> dict[str, Any]:
    return {
        "people": held.people,
        "billed_idr": held.bill.billed_idr,
        "agreed_idr": held.agreed_idr,
        "released_idr": held.released_idr,
        "unacknowledged_idr": held.unacknowledged_idr,
    }
