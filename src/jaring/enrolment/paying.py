"""Bills that wait for money, by payer and month; requests and payments with their bills. Reads only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from jaring.enrolment.models import Bill, Payment
from jaring.enrolment.models_request import PaymentRequest
from jaring.facts.month import Month
from jaring.law.funding import source, sources
from jaring.tables.frames import read


def payer_of(wadah: str) -> str:
    """The payer in a wadah's code: ``SD-ADD-52.03.01.2001`` → ``ADD``."""
    return wadah.split("-")[1] if "-" in wadah else wadah


def payer_name(payer: str) -> str:
    """What people call a payer."""
    code = payer.lower()
    return source(code).name if code in sources() else payer


def groups(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of ``due_calendar.unpaid`` by payer and month: one line each, the most rupiah first.

    ``payer, name, month, bills, payable, people, billed_idr, payable_idr, blocked, blocked_idr``.
    """
    found: dict[tuple[str, dt.date], dict[str, Any]] = {}
    for row in rows:
        payer = payer_of(row["wadah"])
        one = found.setdefault(
            (payer, row["month"]),
            {"payer": payer, "name": payer_name(payer), "month": Month.of(row["month"])}
            | dict.fromkeys(
                ("bills", "payable", "people", "billed_idr", "payable_idr", "blocked", "blocked_idr"), 0
            ),
        )
        ready = row["state"] == "matched"
        one["bills"] += 1
        one["payable"] += ready
        one["payable_idr"] += row["billed_idr"] if ready else 0
        for name in ("people", "billed_idr", "blocked", "blocked_idr"):
            one[name] += row[name]
    return sorted(found.values(), key=lambda one: -one["billed_idr"])


def open_bills(payer: str, month: Month, *, unrequested: bool = False) -> QuerySet[Bill]:
    """Bills of a payer and month that match and wait for money; ``unrequested``: in no SPP yet."""
    found = Bill.objects.filter(
        month=month.first, state="matched", wadah__regex=rf"^[^-]+-{re.escape(payer)}(-|$)"
    )
    if unrequested:
        found = found.exclude(requests__stands=True)
    return found.order_by("wadah")


def requests() -> QuerySet[PaymentRequest]:
    """Requests with how many bills each holds and how many of these are paid."""
    return PaymentRequest.objects.annotate(
        bills=Count("lines"), paid=Count("lines", filter=Q(lines__bill__state="paid"))
    )


def bills_of_request(request: PaymentRequest) -> list[Bill]:
    """Its bills by wadah."""
    return list(Bill.objects.filter(requests__request=request).order_by("month", "wadah"))


def payments() -> QuerySet[Payment]:
    """The SP2D that were booked, with how many bills each paid."""
    return Payment.objects.filter(kind="sp2d").annotate(
        count=Count("bills"), people=Sum("bills__owed_people")
    )


def payments_of(sha256: str) -> list[Payment]:
    """The SP2D that were booked out of a file of this content."""
    return list(payments().filter(document__endswith=f"sha256 {sha256[:16]}").order_by("pk"))


def months_paid(payment: Payment) -> dict[str, int]:
    """``people`` and ``person_months`` that this payment protects."""
    found = read(
        """SELECT count(*) AS person_months, count(DISTINCT person_id) AS people FROM enrolment_personmonth
            WHERE payment_id = %s AND state = 'paid' AND month = ANY(%s)""",
        [payment.pk, list(payment.bills.values_list("month", flat=True))],
    )
    return found.row(0, named=True)
