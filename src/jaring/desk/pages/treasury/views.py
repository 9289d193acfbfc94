"""What is due when, what was asked for, what was paid and how it was booked. Counts and sums alone."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from jaring.decide.local import settings as local_settings
from jaring.desk.frame import PDF, attachment, page
from jaring.desk.paging import keyset
from jaring.enrolment import answering, due_calendar, paperwork, paying, wadah
from jaring.enrolment.actions_pay import STATES
from jaring.enrolment.models import Bill, Payment, PaymentRequest
from jaring.facts.region import region
from jaring.ledger import reading as ledger
from jaring.officers.access import requires
from jaring.officers.scope import counting


@requires("payment.read")
def calendar(request: HttpRequest) -> HttpResponse:
    """Due dates with unpaid bills: by payer, and who waits because of them."""
    with counting():
        entries = due_calendar.unpaid(local_settings())
        unbilled = due_calendar.unbilled(local_settings())
    return page(
        request,
        "treasury/calendar",
        entries=[{**one, "late": -one["days"], "groups": paying.groups(one["rows"])} for one in entries],
        totals=due_calendar.totals(entries),
        unbilled=unbilled,
        today=timezone.localdate(),
        records=request.scope.may("payment.record"),  # type: ignore[attr-defined]
    )


def named(bills: list[Bill]) -> list[tuple[Bill, str]]:
    """Each bill with what people call its wadah."""
    names = wadah.names([bill.wadah for bill in bills], region(settings.REGION))
    return [(bill, names[bill.wadah]) for bill in bills]


@requires("payment.record")
def requests(request: HttpRequest) -> HttpResponse:
    """Requests, newest first."""
    slice_ = keyset(paying.requests(), request, order="-pk")
    return page(request, "treasury/requests", slice=slice_)


@requires("payment.record")
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request and its bills."""
    one = get_object_or_404(PaymentRequest, pk=pk)
    bills = paying.bills_of_request(one)
    return page(
        request,
        "treasury/request",
        asked=one,
        bills=[(bill, name, STATES[bill.state]) for bill, name in named(bills)],
        waiting=one.withdrawn_at is None and all(bill.state == "matched" for bill in bills),
        paid=[bill.payment for bill in bills if bill.payment_id][:1],
    )


@requires("payment.record")
def attached(request: HttpRequest, pk: int) -> HttpResponse:
    """The attachment as PDF, with the claims that wait for the money."""
    one = get_object_or_404(PaymentRequest, pk=pk)
    bills = paying.bills_of_request(one)
    if one.withdrawn_at is not None or any(bill.state != "matched" for bill in bills):
        raise Http404
    payers = sorted({paying.payer_name(paying.payer_of(bill.wadah)) for bill in bills})
    with TemporaryDirectory() as folder, counting():
        path = paperwork.payment_request(
            [bill.number for bill in bills],
            region(settings.REGION),
            Path(folder) / "lampiran.pdf",
            number=one.number,
            date=one.date,
            fund=", ".join(payers),
            settings=local_settings(),
        )
        body = path.read_bytes()
    return attachment(f"lampiran-spp-{one.pk}.pdf", body, PDF)


@requires("payment.record")
def payments(request: HttpRequest) -> HttpResponse:
    """SP2D that were booked, newest first."""
    slice_ = keyset(paying.payments(), request, order="-pk")
    return page(request, "treasury/payments", slice=slice_)


@requires("payment.record")
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One SP2D: its bills, whom it protects, and its entry in the ledger."""
    one = get_object_or_404(Payment, pk=pk, kind="sp2d")
    with counting():
        months = paying.months_paid(one)
    entries = list(ledger.entries(document=one.document))
    lines = ledger.lines(entries)
    slice_ = keyset(Bill.objects.filter(payment=one), request, order="wadah")
    return page(
        request,
        "treasury/payment",
        paid=one,
        months=months,
        slice=slice_,
        bills=named(slice_.rows),
        entries=[(entry, lines.get(entry.pk, [])) for entry in entries],
    )


@requires("payment.record")
def file_result(request: HttpRequest, sha256: str) -> HttpResponse:
    """What became of an SP2D file: what was booked out of it, what could not be."""
    made = paying.payments_of(sha256)
    with counting():
        told = [one for one in answering.told(sha256, "sp2d") if one.settled_at is None]
    if not made and not told:
        raise Http404
    return page(request, "treasury/file_result", made=made[:200], count=len(made), told=told)
