"""The doors: approve within one's limit after showing a factor, or refuse with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.cycle import work
from jaring.cycle.works import approve
from jaring.desk import months
from jaring.desk.forms import Because
from jaring.desk.pages.approvals.forms import Sign
from jaring.desk.saying import dotted
from jaring.enrolment import actions_refuse, actions_settle
from jaring.enrolment.models import Batch, Decree, Settlement
from jaring.funding import actions_refuse as funding_refuse
from jaring.funding.models import Proposal
from jaring.officers import actions_export, approving
from jaring.officers.access import fresh, requires
from jaring.officers.models import Export
from jaring.officers.scope import acting

#: People up to which a paper is approved while its checker waits; 60,000 take some ten seconds.
AT_ONCE = 3_000


def _done(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("approvals")


def _refused(
    request: HttpRequest, back: str, key: dict[str, Any], act: Callable[[str], object]
) -> HttpResponse:
    """Refuse with the reason of the form; without one, back to the page that asks for it."""
    form = Because(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis alasan menolak, paling sedikit sepuluh huruf."))
        return redirect(back, **key)
    act(form.cleaned_data["reason"])
    messages.success(request, _("Ditolak. Pembuatnya membaca alasan Anda."))
    return redirect("approvals")


def _approved(
    request: HttpRequest, right: str, given: dict[str, Any], people: int, name: str
) -> HttpResponse | None:
    """Approve now, or behind the page where it is long: then its own page says how far it is."""
    scope = request.scope  # type: ignore[attr-defined]
    whole = {**given, "by": scope.actor, "limit_idr": scope.limit(right)}
    if people <= AT_ONCE:
        approve.run(whole, lambda _done, _of, _sentence: None)
        return None
    # The officer is part of the key: of two checkers each has their own work, and the second finds it done.
    key = f"setujui-{name}-{request.user.pk}"
    return redirect("job", key=work.start("approve", whole, key=key, by=scope.actor).key)


@require_POST
@requires("fund.approve")
@fresh
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Commit the money of a proposal, or send it back."""
    one = get_object_or_404(Proposal, pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    if "approve" not in request.POST:
        with acting(scope, "fund.approve"):
            return _refused(
                request,
                "approvals_proposal",
                {"pk": pk},
                lambda why: funding_refuse.refuse(one, why, by=scope.actor),
            )
    approving.check(scope, "fund.approve", one.funded_idr, one.made_by)
    given = {"paper": "usulan", "key": str(pk)}
    with acting(scope, "fund.approve"):
        later = _approved(request, "fund.approve", given, one.funded, f"usulan-{pk}")
        # Who was held back meanwhile is left out: what is said is what was promised.
        one.refresh_from_db(fields=["funded"])
    return later or _done(request, _("Disetujui: dana %(n)s orang dijanjikan.") % {"n": dotted(one.funded)})


@require_POST
@requires("decree.approve")
@fresh
def decree(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a decree under its number and date, or send it back."""
    one = get_object_or_404(Decree, pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    if "approve" not in request.POST:
        with acting(scope, "decree.approve"):
            return _refused(
                request,
                "approvals_decree",
                {"pk": pk},
                lambda why: actions_refuse.refuse_decree(one.number, why, by=scope.actor),
            )
    form = Sign(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tanggal SK tidak terbaca. Tulis hh-bb-tttt, misalnya 02-04-2026."))
        return redirect("approvals_decree", pk=pk)
    approving.check(scope, "decree.approve", one.total_idr, one.made_by)
    day = form.cleaned_data["date"]
    given = {"paper": "sk", "key": str(pk), "number": form.cleaned_data["number"]}
    given["date"] = day.isoformat() if day else ""
    with acting(scope, "decree.approve"):
        later = _approved(request, "decree.approve", given, one.people, f"sk-{pk}")
    return later or _done(request, _("Ditandatangani: %(n)s orang ditetapkan.") % {"n": dotted(one.people)})


@require_POST
@requires("batch.approve")
@fresh
def batches(request: HttpRequest, month: str) -> HttpResponse:
    """Let a month's files go to the insurer, or send them back."""
    chosen = months.asked(month)
    scope = request.scope  # type: ignore[attr-defined]
    drafts = list(Batch.objects.filter(month=chosen.first, state="draft"))
    if not drafts:
        messages.info(request, _("Tidak ada berkas kirim yang menunggu untuk bulan itu."))
        return redirect("approvals")
    if "approve" not in request.POST:
        with acting(scope, "batch.approve"):
            return _refused(
                request,
                "approvals_batches",
                {"month": month},
                lambda why: actions_refuse.refuse_batches(
                    [one.number for one in drafts], why, by=scope.actor
                ),
            )
    approving.check(scope, "batch.approve", sum(one.iuran_idr for one in drafts), drafts[0].made_by)
    given = {"paper": "berkas", "key": str(chosen), "drafts": [one.pk for one in drafts]}
    people, last = sum(one.people for one in drafts), max(one.pk for one in drafts)
    with acting(scope, "batch.approve"):
        later = _approved(request, "batch.approve", given, people, f"berkas-{chosen}-{last}")
    return later or _done(
        request, _("Disetujui: %(n)s berkas dapat diambil BPJS.") % {"n": dotted(len(drafts))}
    )


@require_POST
@requires("bill.approve")
@fresh
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the minutes of a settlement be signed, or send it back."""
    one = get_object_or_404(Settlement, pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    if "approve" not in request.POST:
        with acting(scope, "bill.approve"):
            return _refused(
                request,
                "approvals_settlement",
                {"pk": pk},
                lambda why: actions_settle.send_back(one, why, by=scope.actor),
            )
    approving.check(scope, "bill.approve", one.agreed_idr, one.made_by)
    with acting(scope, "bill.approve"):
        actions_settle.approve(one, by=scope.actor, limit_idr=scope.limit("bill.approve"))
    return _done(request, _("Disetujui: berita acaranya dapat dicetak dan ditandatangani."))


@require_POST
@requires("export.approve")
@fresh
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a list of people go, or keep it."""
    one = get_object_or_404(Export, pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    if "approve" not in request.POST:
        return _refused(
            request,
            "approvals_export",
            {"pk": pk},
            lambda why: actions_export.refuse(one, why, by=scope.actor),
        )
    approved = actions_export.approve(one, by=scope.actor)
    if approved.state == "approved" and approved.kind == "orang":
        work.make_export(approved)
    messages.success(request, _("Unduhan disetujui; berkasnya dibuat dan pemintanya diberi tahu."))
    return redirect("approvals")
