"""What waits, and each paper with the facts to check before it is decided."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from jaring.cycle import unsigned
from jaring.desk import months
from jaring.desk.forms import Because
from jaring.desk.frame import page, units
from jaring.desk.pages.approvals.forms import Sign
from jaring.enrolment import actions_decree, month_papers, pausing, peoplebook, settling
from jaring.enrolment.models import Batch, Decree, Settlement
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.funding import standing
from jaring.funding.models import Proposal
from jaring.officers.access import requires
from jaring.officers.models import Export
from jaring.officers.scope import counting

_ROUTES = {
    "usulan": "approvals_proposal",
    "sk": "approvals_decree",
    "selisih": "approvals_settlement",
    "unduhan": "approvals_export",
}


def where(paper: unsigned.Paper) -> str:
    """The page that shows a paper."""
    if paper.kind == "berkas":
        return reverse("approvals_batches", kwargs={"month": paper.key})
    return reverse(_ROUTES[paper.kind], kwargs={"pk": int(paper.key)})


def power(request: HttpRequest, right: str, amount_idr: int | None, made_by: str) -> dict[str, Any]:
    """Whether this officer may approve that sum of that maker, for the page to say before the press."""
    scope = request.scope  # type: ignore[attr-defined]
    own = made_by.strip().casefold() == scope.actor.strip().casefold()
    return {
        "own": own,
        "limit": scope.limit(right),
        "enough": amount_idr is None or scope.may_approve(right, amount_idr),
        "form": Because(),
    }


@requires("fund.approve")
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the oldest first."""
    scope = request.scope  # type: ignore[attr-defined]
    seen = [paper for paper in unsigned.papers() if scope.may(paper.right)]
    rows = [
        (paper, where(paper), paper.amount_idr is None or scope.may_approve(paper.right, paper.amount_idr))
        for paper in seen
    ]
    return page(request, "approvals/listed", rows=rows, actor=scope.actor, limit=scope.limit("fund.approve"))


@requires("fund.approve")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal: what it takes from each source, who waits, how far from the best."""
    one = get_object_or_404(Proposal, pk=pk)
    with counting():
        sources = standing.by_source(one)
        reasons = standing.reasons(one)
        places = standing.by_desa(one)
        people, idr = pausing.in_proposal(one.pk)
    named = units()
    return page(
        request,
        "approvals/proposal",
        paper=one,
        month=Month.of(one.month),
        waits=one.state == "proposed",
        state=standing.STATES[one.state],
        sources=sources,
        reasons=reasons,
        places=[(named.get(row["desa_code"] or "", {}).get("name", "–"), row) for row in places[:20]],
        lost=standing.lost_per_thousand(one),
        held=people,
        held_idr=idr,
        left=one.funded - people,
        left_idr=one.funded_idr - idr,
        **power(request, "fund.approve", one.funded_idr, one.made_by),
    )


@requires("decree.approve")
def decree(request: HttpRequest, pk: int) -> HttpResponse:
    """A decree: sums by source and kecamatan, the annex to read, whether it still stands as it was made."""
    one = get_object_or_404(Decree, pk=pk)
    with counting():
        sources = month_papers.by_source(one)
        places = month_papers.by_kecamatan(one, region(settings.REGION))
        same = one.state != "draft" or actions_decree.draft_digest(one) == bytes(one.digest)
    return page(
        request,
        "approvals/decree",
        paper=one,
        month=Month.of(one.month),
        waits=one.state == "draft",
        state=month_papers.STATES[one.state],
        sources=sources,
        places=places,
        same=same,
        digest=bytes(one.digest).hex(),
        sign=Sign(),
        **power(request, "decree.approve", one.total_idr, one.made_by),
    )


@requires("batch.approve")
def batches(request: HttpRequest, month: str) -> HttpResponse:
    """The drafts of a month's files, decided together: they go out together."""
    chosen = months.asked(month)
    drafts = list(Batch.objects.filter(month=chosen.first, state="draft").order_by("number"))
    if not drafts and not Batch.objects.filter(month=chosen.first).exists():
        raise Http404
    names = month_papers.named([one.wadah for one in drafts], region(settings.REGION))
    total = sum(one.iuran_idr for one in drafts)
    return page(
        request,
        "approvals/batches",
        month=chosen,
        rows=[(one, names[one.wadah]) for one in drafts[:300]],
        count_=len(drafts),
        people=sum(one.people for one in drafts),
        total=total,
        waits=bool(drafts),
        made_by=drafts[0].made_by if drafts else "",
        **power(request, "batch.approve", total, drafts[0].made_by if drafts else ""),
    )


@requires("bill.approve")
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """How a bill that differs shall end: both sums, what changes and why, what it then pays."""
    one = get_object_or_404(Settlement.objects.select_related("bill"), pk=pk)
    return page(
        request,
        "approvals/settlement",
        paper=one,
        bill=one.bill,
        month=Month.of(one.bill.month),
        name=month_papers.named([one.bill.wadah], region(settings.REGION))[one.bill.wadah],
        way=settling.WAYS[one.way],
        waits=one.state == "draft",
        state=settling.STATES[one.state],
        **settling.worded(one.figures),
        **power(request, "bill.approve", one.agreed_idr, one.made_by),
    )


@requires("export.approve")
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """A list of people that somebody wants to take out."""
    one = get_object_or_404(Export, pk=pk)
    known = one.kind == "orang"
    return page(
        request,
        "approvals/export",
        paper=one,
        chosen=peoplebook.described(one.parameters, region(settings.REGION)) if known else one.kind,
        waits=one.state == "asked",
        **power(request, "export.approve", None, one.asked_by),
    )
