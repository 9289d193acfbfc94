"""Choosing a desa, making its cards, downloading its papers. Who may not see the desa learns nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jaring.decide.local import settings
from jaring.desk.forms import Because
from jaring.desk.frame import PDF, attachment, page, units, working_month
from jaring.desk.pages.prints.forms import Village
from jaring.desk.paging import keyset
from jaring.enrolment import actions_card, actions_print, cards
from jaring.enrolment.models import Card
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.officers.access import requires
from jaring.officers.scope import ALL, Scope

PAPERS = ("musdes", "kartu", "kartu-baru", "serah-terima", "selebaran")


@requires("document.print")
def choose(request: HttpRequest) -> HttpResponse:
    """Whose papers; an officer of one desa is led straight to it."""
    reached = _reached(request.scope)  # type: ignore[attr-defined]
    if len(reached) == 1:
        return HttpResponseRedirect(reverse("prints_village", args=reached))
    form = Village(reached, request.GET or None)
    if request.GET and form.is_valid():
        return HttpResponseRedirect(reverse("prints_village", args=[form.cleaned_data["desa"]]))
    return page(request, "prints/choose", form=form, reached=reached)


@requires("document.print")
def village(request: HttpRequest, desa: str) -> HttpResponse:
    """The papers of one desa, and how many cards it has."""
    unit = _unit(request, desa)
    people = cards.participants(desa, on=timezone.localdate()).select("person_id")
    held = cards.holders(desa)
    return page(
        request,
        "prints/village",
        unit=unit,
        participants=people.height,
        cards=held.height,
        missing=people.join(held, on="person_id", how="anti").height,
        newest=held.filter("newest").height,
    )


@require_POST
@requires("document.print")
def make(request: HttpRequest, desa: str) -> HttpResponse:
    """Cards for the participants who have none; sent twice, it makes none twice."""
    _unit(request, desa)
    made = actions_card.make_cards(desa, by=request.user.get_username())
    text = ngettext("%(made)s kartu dibuat.", "%(made)s kartu dibuat.", made) % {"made": made}
    messages.success(request, text if made else _("Semua peserta sudah memiliki kartu."))
    return HttpResponseRedirect(reverse("prints_village", args=[desa]))


@require_POST
@requires("document.print")
def download(request: HttpRequest, desa: str, paper: str) -> HttpResponse:
    """One paper as PDF. Asked for by POST: a first print takes a number of its series."""
    _unit(request, desa)
    if paper not in PAPERS:
        raise Http404
    here, by = region(django_settings.REGION), request.user.get_username()
    month = working_month() or Month.of(timezone.localdate())
    if paper == "musdes":
        pdf = actions_print.print_meeting(desa, month, here, by=by)
        return attachment(f"musdes-{desa}-{month}.pdf", pdf, PDF)
    if paper == "serah-terima":
        pdf = actions_print.print_hand_over(desa, here, by=by)
    elif paper in {"kartu", "kartu-baru"}:
        newest = paper == "kartu-baru"
        pdf = actions_print.print_cards(desa, here, by=by, newest=newest, **_given(request))
    else:
        pdf = actions_print.print_leaflet(here, desa_code=desa, by=by, **_given(request))
    return attachment(f"{paper}-{desa}.pdf", pdf, PDF)


@requires("document.print")
def holders(request: HttpRequest, desa: str) -> HttpResponse:
    """Who of the desa holds a card, to replace one that is lost."""
    unit = _unit(request, desa)
    rows = Card.seen.filter(person__desa_code=desa, revoked_at__isnull=True).select_related("person")
    return page(request, "prints/cards", unit=unit, slice=keyset(rows, request, order="person__name"))


@requires("document.print")
def replace(request: HttpRequest, desa: str, card: int) -> HttpResponse:
    """A lost or torn card: why, then the old code answers no more and a new card is made."""
    unit = _unit(request, desa)
    rows = Card.seen.filter(person__desa_code=desa, revoked_at__isnull=True).select_related("person")
    held = get_object_or_404(rows, pk=card)
    form = Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = request.user.get_username()
        made = actions_card.replace(card, reason=form.cleaned_data["reason"], by=by)
        if made:
            messages.success(
                request, _("Kartu lama dicabut, kartu baru dibuat. Cetak kartu yang terakhir dibuat.")
            )
        else:
            messages.warning(
                request, _("Kartu lama dicabut. Pemegangnya bukan peserta tahun ini: tanpa kartu baru.")
            )
        return HttpResponseRedirect(reverse("prints_village", args=[desa]))
    return page(request, "prints/replace", unit=unit, held=held, form=form)


@require_POST
@requires("document.print")
def leaflet(request: HttpRequest) -> HttpResponse:
    """The leaflet without the name of a desa, for any office."""
    here, by = region(django_settings.REGION), request.user.get_username()
    pdf = actions_print.print_leaflet(here, by=by, **_given(request))
    return attachment("selebaran.pdf", pdf, PDF)


def _given(request: HttpRequest) -> dict[str, Any]:
    address = django_settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")
    return {"address": address.rstrip("/"), "settings": settings()}


def _reached(scope: Scope) -> list[str]:
    """The desa whose people this officer may print: the register's reach, within the right."""
    seen = units() if ALL in scope.desa else scope.desa
    return sorted(code for code in seen if code in units() and scope.may("document.print", code))


def _unit(request: HttpRequest, desa: str) -> dict[str, Any]:
    if desa not in _reached(request.scope):  # type: ignore[attr-defined]
        raise Http404
    return units()[desa]
