"""The doors: approve within one's limit after showing a factor, or refuse with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.desk import months
from jaring.desk.forms import Because
from jaring.desk.pages.approvals.forms import Sign
from jaring.enrolment import actions_batch, actions_decree, actions_refuse
from jaring.enrolment.models import Batch, Decree
from jaring.facts.region import region
from jaring.facts.rupiah import dotted
from jaring.funding import actions as funding
from jaring.funding import actions_refuse as funding_refuse
from jaring.funding.models import Proposal
from jaring.officers import actions_export, approving
from jaring.officers.access import fresh, requires
from jaring.officers.models import Export
from jaring.officers.scope import acting


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
    with acting(scope, "fund.approve"):
        funding.approve(one, by=scope.actor, limit_idr=scope.limit("fund.approve"))
    messages.success(request, _("Disetujui: dana %(n)s orang dijanjikan.") % {"n": dotted(one.funded)})
    return redirect("approvals")


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
    with acting(scope, "decree.approve"):
        counts = actions_decree.approve_decree(
            one,
            by=scope.actor,
            number=form.cleaned_data["number"] or None,
            date=form.cleaned_data["date"],
            limit_idr=scope.limit("decree.approve"),
        )
    said = _("Ditandatangani: %(n)s orang ditetapkan.") % {"n": dotted(counts["people"])}
    if counts["taken"]:
        said += " " + _("%(n)s bulan sudah ada pembayarnya dan tidak diambil.") % {
            "n": dotted(counts["taken"])
        }
    messages.success(request, said)
    return redirect("approvals")


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
    # Files hold NIKs: they are made anew for whoever fetches them, and none is left lying here.
    with acting(scope, "batch.approve"), TemporaryDirectory() as outbox:
        actions_batch.approve_batches(
            chosen,
            Path(outbox),
            region=region(settings.REGION),
            by=scope.actor,
            limit_idr=scope.limit("batch.approve"),
        )
    said = _("Disetujui: %(n)s berkas dapat diambil BPJS.") % {"n": dotted(len(drafts))}
    messages.success(request, said)
    return redirect("approvals")


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
    actions_export.approve(one, by=scope.actor)
    messages.success(request, _("Unduhan disetujui; peminta dapat mengambilnya."))
    return redirect("approvals")
