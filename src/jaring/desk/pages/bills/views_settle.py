"""One bill beside our list, and how its difference is settled: proposed, approved elsewhere, signed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.decide.local import settings as local_settings
from jaring.desk.forms import Because
from jaring.desk.frame import PDF, attachment, page
from jaring.desk.pages.bills.forms import Propose, Signed
from jaring.desk.paging import leaf
from jaring.enrolment import (
    actions_settle,
    actions_settle_end,
    billcompare,
    paperwork_settlement,
    settling,
    wadah,
)
from jaring.enrolment.actions_pay import STATES
from jaring.enrolment.models import Bill, Discrepancy, Settlement
from jaring.enrolment.reconciling import AGREED
from jaring.facts import workdays
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.officers.access import fresh, requires
from jaring.officers.scope import acting, counting


def _head(bill: Bill) -> dict[str, Any]:
    return {
        "bill": bill,
        "month": Month.of(bill.month),
        "name": wadah.names([bill.wadah], region(settings.REGION))[bill.wadah],
        "title": AGREED if bill.state == "matched" and bill.agreed_idr is not None else STATES[bill.state],
    }


@requires("bill.read")
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs and why: sums, programmes, causes; who, for those who may read people."""
    one = get_object_or_404(Bill.objects.select_related("payment"), pk=pk)
    code = request.GET.get("sebab", "")
    if code and code not in billcompare.CODES:
        raise Http404
    with counting():
        named = billcompare.named(one)
        causes = settling.compared(one)
        shares = settling.programmes(one, local_settings())
        ours = billcompare.months(one)
        listed = list(settling.of_bill(one).select_related("letter"))
    part = leaf(settling.people(one, code), request, size=60) if code else None
    open_ = Discrepancy.seen.filter(bill=one, settled_at=None).order_by("pk")
    scope = request.scope  # type: ignore[attr-defined]
    return page(
        request,
        "bills/bill",
        **_head(one),
        named=named,
        causes=causes,
        shares=shares,
        own_people=ours.height,
        calendar=workdays.known(one.due.year),
        own_idr=int(ours["own_idr"].sum()),
        code=code,
        said=billcompare.CODES[code][1] if code else "",
        leaf=part,
        told=list(open_[:60]),
        settlements=[(s, settling.WAYS[s.way], settling.STATES[s.state]) for s in listed],
        chases=one.agreed_idr is not None and one.state in ("matched", "paid"),
        form=Because(),
        reconciles=scope.may("bill.reconcile"),
        settles=one.state in settling.UNSETTLED
        and not any(s.state in ("draft", "approved") for s in listed)
        and scope.may("bill.reconcile"),
    )


@requires("bill.reconcile")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """What a settlement would change, and the proposal to a second person."""
    one = get_object_or_404(Bill, pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    with counting():
        named = billcompare.named(one)
    form = Propose(request.POST or None, named=named)
    if request.method == "POST" and form.is_valid():
        try:
            with acting(scope, "bill.reconcile"):
                way = form.cleaned_data["way"]
                made = actions_settle.propose(
                    one,
                    way,
                    form.cleaned_data["reason"],
                    by=scope.actor,
                    released=settling.by_codes(one, form.listed()) if way == "accept" else (),
                    settings=local_settings(),
                )
            messages.success(request, _("Diusulkan. Orang kedua memeriksa dan menyetujuinya."))
            return redirect("bills_settlement", pk=made.pk)
        except Refused as fault:
            form.refused(fault)
    return page(request, "bills/propose", **_head(one), named=named, form=form, **_foreseen(one))


def _foreseen(one: Bill) -> dict[str, Any]:
    """What accepting would come to now, or why it cannot be."""
    if one.state not in settling.UNSETTLED:
        return {}
    try:
        with counting():
            found = settling.plan(one)
            shown = settling.worded(settling.figures(one, found, local_settings()))
    except Refused as fault:
        return {"cannot": fault.reason}
    return {"plan": found, **shown}


@requires("bill.read")
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """One settlement: what it changes, where it stands, and the step that comes next."""
    one = get_object_or_404(Settlement.objects.select_related("bill", "letter"), pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    reconciles = scope.may("bill.reconcile")
    return page(
        request,
        "bills/settlement",
        **_head(one.bill),
        paper=one,
        way=settling.WAYS[one.way],
        state=settling.STATES[one.state],
        **settling.worded(one.figures),
        signed=Signed(),
        form=Because(),
        signs=reconciles and one.state == "approved" and one.way == "accept",
        withdraws=reconciles and one.state in ("draft", "approved") and one.made_by == scope.actor,
    )


@requires("bill.read")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of one settlement, for both sides to sign."""
    one = get_object_or_404(Settlement.objects.select_related("bill", "letter"), pk=pk)
    letter = paperwork_settlement.minutes(one, region(settings.REGION))
    return attachment(f"berita-acara-penyelesaian-{one.pk}.pdf", letter, PDF)


@require_POST
@requires("bill.reconcile")
@fresh
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides have signed: the bill is paid at what they agreed to."""
    one = get_object_or_404(Settlement, pk=pk)
    form = Signed(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tanggal tanda tangan tidak terbaca. Tulis hh-bb-tttt."))
        return redirect("bills_settlement", pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    with acting(scope, "bill.reconcile"):
        actions_settle.sign(one, signed_on=form.cleaned_data["signed_on"], by=scope.actor)
    messages.success(request, _("Tanda tangan dicatat. Tagihan dapat dibayar menurut kesepakatan."))
    return redirect("bills_settlement", pk=pk)


@require_POST
@requires("bill.reconcile")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The maker takes a settlement back."""
    one = get_object_or_404(Settlement, pk=pk)
    form = Because(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis alasannya, paling sedikit sepuluh huruf."))
        return redirect("bills_settlement", pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    with acting(scope, "bill.reconcile"):
        actions_settle.withdraw(one, form.cleaned_data["reason"], by=scope.actor)
    messages.success(request, _("Penyelesaian ditarik."))
    return redirect("bills_settlement", pk=pk)


@require_POST
@requires("bill.reconcile")
def chased(request: HttpRequest, pk: int) -> HttpResponse:
    """A line that nobody paid is cleared up, and how."""
    one = get_object_or_404(Discrepancy.seen.filter(bill__isnull=False), pk=pk)
    form = Because(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis alasannya, paling sedikit sepuluh huruf."))
    else:
        scope = request.scope  # type: ignore[attr-defined]
        with acting(scope, "bill.reconcile"):
            actions_settle_end.close_chase(one, form.cleaned_data["reason"], by=scope.actor)
        messages.success(request, _("Baris itu ditutup; alasannya tercatat."))
    return redirect("bills_bill", pk=one.bill_id)
