"""The papers of a month, and the insurer's answers."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from jaring.cycle import agenda
from jaring.desk import months
from jaring.desk.frame import PDF, attachment, page
from jaring.desk.paging import keyset
from jaring.desk.uploads import Uploads, begun
from jaring.enrolment import actions_papers, month_papers
from jaring.enrolment.month_papers import STATES
from jaring.facts.region import region
from jaring.officers.access import requires
from jaring.officers.scope import counting


@requires("fund.read")
def newest(request: HttpRequest) -> HttpResponse:
    """The month that was chosen, or the newest."""
    return months.onward(request, "papers_of")


@requires("fund.read")
def papers(request: HttpRequest, month: str) -> HttpResponse:
    """Decrees, batches and answers of one month, each with its state."""
    chosen = months.asked(month)
    scope = request.scope  # type: ignore[attr-defined]
    with counting():
        found = keyset(month_papers.batches(chosen), request)
        names = month_papers.named([one.wadah for one in found.rows], region(settings.REGION))
        refusals = month_papers.refusals(chosen)
        sums = month_papers.batch_sums(chosen)
        undecreed = scope.may("batch.make") and agenda.undecreed(chosen)
    return page(
        request,
        "papers/month",
        **months.chooser(chosen),
        decrees=[(one, STATES[one.state]) for one in month_papers.decrees(chosen)],
        sums=sums,
        slice=found,
        batches=[(one, STATES[one.state], names[one.wadah]) for one in found.rows],
        sent=any(row["state"] == "approved" for row in sums),
        refusals=refusals,
        mended=any(row["mendable"] for row in refusals),
        answers=month_papers.answers(chosen),
        makes=scope.may("batch.make"),
        undecreed=undecreed,
        takes=scope.may("answer.give"),
        token=secrets.token_hex(6),
    )


@requires("answer.give")
def answer(request: HttpRequest) -> HttpResponse:
    """Answer files of the insurer are taken over, or held with what is wrong with them."""
    form = Uploads(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return begun(request, form, "answers", place="papers")
    return page(request, "papers/answer", form=form)


@require_POST
@requires("batch.make")
def cover(request: HttpRequest, month: str) -> HttpResponse:
    """The letter that goes with the batches, numbered."""
    chosen = months.asked(month)
    who = request.scope.actor  # type: ignore[attr-defined]
    letter = actions_papers.print_cover(chosen, region(settings.REGION), by=who)
    return attachment(f"pengantar-{chosen}.pdf", letter, PDF)
