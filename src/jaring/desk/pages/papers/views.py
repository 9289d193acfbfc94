"""The papers of a month, and the insurer's answers."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.desk import months
from jaring.desk.frame import PDF, attachment, page
from jaring.desk.paging import keyset
from jaring.desk.uploads import Uploads, lent_all
from jaring.enrolment import actions_answer, actions_papers, month_papers
from jaring.enrolment.month_papers import STATES
from jaring.facts.region import region
from jaring.facts.rupiah import dotted
from jaring.officers.access import requires
from jaring.officers.scope import acting, counting


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
        takes=scope.may("answer.give"),
        token=secrets.token_hex(6),
    )


@requires("answer.give")
def answer(request: HttpRequest) -> HttpResponse:
    """An answer file of the insurer is taken over, or held with what is wrong with it."""
    form = Uploads(request.POST or None, request.FILES or None)
    scope = request.scope  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with lent_all(form.cleaned_data["file"], "jawaban-") as path, acting(scope, "answer.give"):
            counts = actions_answer.read_answers(path, by=scope.actor)
        taken = counts["accepted"] + counts["rejected"] + counts["pending"]
        if counts["held"] and not taken and not counts["known"]:
            form.add_error(
                "file",
                _("Berkas ini tidak diambil: tidak terbaca, atau angka kendalinya berbeda dengan isinya."),
            )
        else:
            messages.success(request, _told(counts))
            return redirect("papers")
    return page(request, "papers/answer", form=form)


def _told(counts: dict[str, int]) -> str:
    if counts["known"] and not counts["files"]:
        return _("Berkas ini sudah pernah diambil; tidak ada yang berubah.")
    said = _("%(yes)s diterima, %(no)s ditolak, %(wait)s ditunda.") % {
        "yes": dotted(counts["accepted"]),
        "no": dotted(counts["rejected"]),
        "wait": dotted(counts["pending"]),
    }
    if counts["told"]:
        said += " " + _("%(n)s baris tidak cocok dan tidak diambil.") % {"n": dotted(counts["told"])}
    if counts["held"]:
        said += " " + _("%(n)s berkas ditahan karena tidak terbaca atau angkanya tidak cocok.") % {
            "n": dotted(counts["held"])
        }
    return said


@require_POST
@requires("batch.make")
def cover(request: HttpRequest, month: str) -> HttpResponse:
    """The letter that goes with the batches, numbered."""
    chosen = months.asked(month)
    who = request.scope.actor  # type: ignore[attr-defined]
    letter = actions_papers.print_cover(chosen, region(settings.REGION), by=who)
    return attachment(f"pengantar-{chosen}.pdf", letter, PDF)
