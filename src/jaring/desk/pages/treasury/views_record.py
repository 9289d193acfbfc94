"""An SPP or SP2D recorded: typed in, checked on a page of its own, then booked; or many from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from jaring.cycle import work
from jaring.desk.forms import Because
from jaring.desk.frame import page
from jaring.desk.pages.treasury.forms import Paper
from jaring.desk.pages.treasury.views import named
from jaring.desk.saying import dotted
from jaring.desk.uploads import Upload, begun
from jaring.enrolment import actions, actions_request, paying
from jaring.enrolment.models import Bill, Payment, PaymentRequest
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.officers.access import fresh, requires
from jaring.officers.scope import acting

#: Bills above which a filter is of use.
_MANY = 12
_RIGHT = "payment.record"


def _bills(month: str, payer: str, *, unrequested: bool = False) -> QuerySet[Bill]:
    try:
        found = paying.open_bills(payer, Month.parse(month), unrequested=unrequested)
    except ValueError:
        raise Http404 from None
    if not found.exists():
        raise Http404
    return found


@requires(_RIGHT)
@fresh
def request(request: HttpRequest, month: str, payer: str) -> HttpResponse:
    """An SPP over bills of one payer and month."""
    bills = list(_bills(month, payer, unrequested=True))
    return _recorded(request, "SPP", bills, _try_request, _keep_request)


@requires(_RIGHT)
@fresh
def pay(request: HttpRequest, month: str, payer: str) -> HttpResponse:
    """An SP2D over bills of one payer and month."""
    return _recorded(request, "SP2D", list(_bills(month, payer)), _try_payment, _book_payment)


@requires(_RIGHT)
@fresh
def pay_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The SP2D of a request: its bills and its sum stand there already."""
    asked = get_object_or_404(PaymentRequest, pk=pk, withdrawn_at__isnull=True)
    bills = [bill for bill in paying.bills_of_request(asked) if bill.state == "matched"]
    if not bills:
        raise Http404
    return _recorded(request, "SP2D", bills, _try_payment, _book_payment)


def _recorded(
    request: HttpRequest,
    kind: str,
    bills: list[Bill],
    attempt: Callable[..., dict[str, Any]],
    book: Callable[..., tuple[str, str, int]],
) -> HttpResponse:
    """The form; then, when it adds up, the page to check; then the deed."""
    shown = _sought(named(bills), request.GET.get("cari", ""))
    form = Paper(kind, shown, request.POST or None)
    step = request.POST.get("langkah", "")
    about: dict[str, Any] = {"kind": kind, "form": form, "sought": request.GET.get("cari", "")}
    about["many"] = len(bills) > _MANY
    if request.method == "POST" and step != "ubah" and form.is_valid():
        said = dict(form.cleaned_data)
        by = request.user.get_username()
        try:
            with acting(request.scope, _RIGHT):  # type: ignore[attr-defined]
                if step == "bukukan":
                    sentence, route, key = book(said, by)
                else:
                    result = attempt(said, by)
        except Refused as fault:
            form.refused(fault, "amount_idr" if fault.reason.code.startswith("nilai-") else None)
        else:
            if step == "bukukan":
                messages.success(request, sentence)
                return redirect(route, pk=key)
            chosen = [(bill, name) for bill, name in shown if bill.number in said["bills"]]
            return page(request, "treasury/check", **about, said=said, chosen=chosen, result=result)
    elif step == "ubah":
        # Back to the form with what was said, and no fault found in it yet.
        form = Paper(kind, shown, request.POST)
        about["form"] = form
    return page(request, "treasury/record", **about)


def _sought(shown: list[tuple[Bill, str]], text: str) -> list[tuple[Bill, str]]:
    """Those whose wadah is called so: a village's own treasury pays one bill of hundreds."""
    found = [one for one in shown if text.strip().lower() in one[1].lower()]
    return found or shown


def _try_request(said: dict[str, Any], by: str) -> dict[str, Any]:
    actions_request.rehearse_request(**said, by=by)
    return {}


def _keep_request(said: dict[str, Any], by: str) -> tuple[str, str, int]:
    made = actions_request.record_request(**said, by=by)
    return _("SPP %s dicatat.") % made.number, "treasury_request", made.pk


def _try_payment(said: dict[str, Any], by: str) -> dict[str, Any]:
    return {"months": actions_request.rehearse_payment(**said, by=by)}


def _book_payment(said: dict[str, Any], by: str) -> tuple[str, str, int]:
    document = _("SP2D %s, dicatat di situs") % said["number"]
    months = actions.record_payment(**said, document=document, by=by)
    made = Payment.objects.get(kind="sp2d", number=said["number"])
    _count_soon([made], by)
    return (
        _("SP2D %(number)s dibukukan: %(months)s bulan-orang terlindungi.")
        % {"number": made.number, "months": dotted(months)},
        "treasury_payment",
        made.pk,
    )


def _count_soon(made: Iterable[Payment], by: str) -> None:
    """What is paid is protected at once; the figures follow as soon as somebody can count them."""
    bills = Bill.objects.filter(payment__in=list(made))
    work.count_soon((Month.of(day) for day in bills.values_list("month", flat=True)), by=by)


@requires(_RIGHT)
@fresh
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A request taken back, with its reason."""
    asked = get_object_or_404(PaymentRequest, pk=pk)
    form = Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions_request.withdraw_request(
                asked, reason=form.cleaned_data["reason"], by=request.user.get_username()
            )
        except Refused as fault:
            form.refused(fault)
        else:
            messages.success(request, _("SPP %s ditarik; tagihannya bebas untuk SPP lain.") % asked.number)
            return redirect("treasury_request", pk=pk)
    return page(request, "treasury/withdraw", form=form, asked=asked)


@requires(_RIGHT)
@fresh
def file(request: HttpRequest) -> HttpResponse:
    """A file of SP2D: each line that adds up is booked, each other told with its reason."""
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return begun(request, form, "payments")
    return page(request, "treasury/file", form=form)
