"""List, bill and SP2D of a month side by side; bills taken in; the minutes that three offices sign."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jaring.desk import months
from jaring.desk.frame import PDF, attachment, page
from jaring.desk.paging import leaf
from jaring.desk.uploads import Upload, begun
from jaring.enrolment import actions_papers, reconciling
from jaring.facts.region import region
from jaring.officers.access import requires
from jaring.officers.scope import counting

#: How a line stands, in words, and the colour of its tag.
STANDINGS = {
    "cocok": (gettext_lazy("cocok"), ""),
    "disepakati": (gettext_lazy("disepakati"), ""),
    "selisih": (gettext_lazy("berbeda"), "bad"),
    "belum-ditagih": (gettext_lazy("belum ditagih"), "wait"),
    "tanpa-daftar": (gettext_lazy("tidak ada di daftar"), "bad"),
    "lebih-bayar": (gettext_lazy("lebih bayar"), "wait"),
}


@requires("bill.read")
def newest(request: HttpRequest) -> HttpResponse:
    """The month that was chosen, or the newest."""
    return months.onward(request, "bills_of")


@requires("bill.read")
def reconciliation(request: HttpRequest, month: str) -> HttpResponse:
    """Every wadah of the month with its three figures, and why they differ where they do."""
    chosen = months.asked(month)
    scope = request.scope  # type: ignore[attr-defined]
    only = request.GET.get("keadaan", "")
    with counting():
        every = reconciling.of(chosen, region(settings.REGION))
    sums = reconciling.totals(every)
    # What does not agree stands first: that is what the page is opened for.
    lines = sorted(every, key=lambda line: (line["standing"] in ("cocok", "disepakati"), line["wadah"]))
    part = leaf([line for line in lines if not only or line["standing"] == only], request, size=120)
    return page(
        request,
        "bills/month",
        **months.chooser(chosen),
        lines=[(line, *STANDINGS[line["standing"]]) for line in part.rows],
        leaf=part,
        sums=sums,
        standings=[
            (code, title, sum(line["standing"] == code for line in every))
            for code, (title, _tag) in STANDINGS.items()
        ],
        only=only,
        billed=any(line["bill_number"] for line in every),
        reconciles=scope.may("bill.reconcile"),
    )


@requires("bill.reconcile")
def upload(request: HttpRequest) -> HttpResponse:
    """A file of bills is taken in and held against our own months."""
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return begun(request, form, "bills", place="bills")
    return page(request, "bills/upload", form=form)


@require_POST
@requires("bill.reconcile")
def minutes(request: HttpRequest, month: str) -> HttpResponse:
    """The minutes of reconciliation as they stand, numbered."""
    chosen = months.asked(month)
    who = request.scope.actor  # type: ignore[attr-defined]
    letter = actions_papers.print_minutes(chosen, region(settings.REGION), by=who)
    return attachment(f"berita-acara-rekonsiliasi-{chosen}.pdf", letter, PDF)
