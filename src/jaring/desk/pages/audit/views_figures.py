"""Every published figure, its meaning, and the rows it was counted from."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from jaring.coverage import behind
from jaring.coverage.actions_rows import take_rows
from jaring.coverage.measures import measures
from jaring.coverage.models import Figure
from jaring.coverage.published import CONFIDENCE, published
from jaring.desk.frame import attachment, page, units
from jaring.desk.pages.audit.forms import FigureFilters
from jaring.desk.pages.audit.words import DIMENSIONS
from jaring.desk.paging import keyset
from jaring.desk.saying import month_name, said
from jaring.enrolment.models import Payment, PersonMonth
from jaring.facts.month import Month
from jaring.law.funding import source as source_of
from jaring.law.loader import concept, group
from jaring.officers.access import fresh, requires
from jaring.people.models import Person

_KINDS = {
    "active": _("peserta aktif"),
    "workers": _("angkatan kerja"),
    "target": _("sasaran"),
}


def _choices() -> dict[str, list[tuple[str, Any]]]:
    months = Figure.objects.order_by("-month").values_list("month", flat=True).distinct()
    return {
        "month": [(str(Month.of(m)), month_name(Month.of(m))) for m in months],
        "measure": [(module.KEY, said(module.TITLE)) for module in measures()],
        "dimension": [("", _("semua")), *DIMENSIONS.items()],
    }


@requires("journal.read")
def figures(request: HttpRequest) -> HttpResponse:
    """The figures that stand, by month, measure and dimension; and what others published."""
    choices = _choices()
    if not choices["month"]:
        return page(request, "audit/figures", form=None, figures=None, published=_published())
    start = {"month": choices["month"][0][0], "measure": "protected", "dimension": "regency"}
    form = FigureFilters({**start, **request.GET.dict()}, choices=choices)
    given = form.given()
    found = Figure.objects.filter(superseded_at__isnull=True)
    if "month" in given:
        found = found.filter(month=Month.parse(given["month"]).first)
    if "measure" in given:
        found = found.filter(measure=given["measure"])
    if "dimension" in given:
        found = found.filter(dimension=given["dimension"])
    shown = keyset(found, request, order="dimension")
    return page(
        request,
        "audit/figures",
        form=form,
        slice=shown,
        figures=[{"figure": f, "dimension": DIMENSIONS.get(f.dimension, f.dimension)} for f in shown.rows],
        published=_published(),
    )


def _published() -> list[dict[str, Any]]:
    return [
        {"one": one, "kind": _KINDS.get(one.kind, one.kind), "sure": CONFIDENCE[one.confidence]}
        for one in published()
    ]


@requires("journal.read")
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: definition, source, earlier counts, and the rows of either side."""
    one = get_object_or_404(Figure, pk=pk)
    counted = behind.months(one)
    known = behind.people(one)
    below = request.GET.get("sisi") == "penyebut" and known is not None
    seen = Person.seen.all() if request.scope.may("people.read") else Person.seen.none()  # type: ignore[attr-defined]
    if below and known is not None:
        slice_: Any = keyset(known.filter(pk__in=seen.values("pk")), request)
        rows = [_person_row(p) for p in slice_.rows]
    else:
        within = counted.filter(person_id__in=seen.values("pk"))
        slice_ = keyset(within, request)
        rows = _month_rows(slice_.rows)
    now = counted.count()
    return page(
        request,
        "audit/figure",
        figure=one,
        dimension=DIMENSIONS.get(one.dimension, one.dimension),
        measure=next((m.TITLE for m in measures() if one.measure == m.KEY), one.measure),
        month_of=behind.month_of(one),
        now=now,
        differs=now != one.numerator and one.superseded_at is None,
        known=known.count() if known is not None else None,
        below=below,
        slice=slice_,
        rows=rows,
        earlier=_earlier(one),
    )


def _earlier(one: Figure) -> list[Figure]:
    same = Figure.objects.filter(
        measure=one.measure, month=one.month, dimension=one.dimension, code=one.code
    ).exclude(pk=one.pk)
    return list(same.order_by("-counted_at"))


def _month_rows(months: list[PersonMonth]) -> list[dict[str, Any]]:
    people = Person.seen.in_bulk([m.person_id for m in months])
    papers = Payment.objects.in_bulk([m.payment_id for m in months if m.payment_id])
    rows = []
    for one in months:
        paper = papers.get(one.payment_id)
        rows.append(
            {
                **_person_row(people[one.person_id]),
                "segment": _segment(one.segment),
                "payer": said(source_of(one.source).name),
                # The insurer's list says that a month is paid, not with how much.
                "idr": one.iuran_idr or None,
                "paper": paper,
            }
        )
    return rows


def _segment(code: str) -> str:
    return concept(f"segments.{code}").title if code in group("segments") else code


def _person_row(person: Person) -> dict[str, Any]:
    unit = units().get(person.desa_code or "", {})
    return {
        "code": str(person.public_id)[:8],
        "public_id": person.public_id,
        "name": person.name or _("(tanpa nama)"),
        "desa": unit.get("name", ""),
        "above": unit.get("kecamatan", ""),
    }


@require_POST
@requires("journal.read")
@fresh
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of the numerator as CSV: codes and sums, no name and no NIK. Noted in the journal."""
    one = get_object_or_404(Figure, pk=pk)
    if not request.scope.may("people.read"):  # type: ignore[attr-defined]
        raise Http404
    seen = Person.seen.all()
    body = take_rows(one, seen, by=request.user.get_username())
    name = f"angka-{one.pk}-{one.measure}-{behind.month_of(one)}.csv"
    return attachment(name, body, "text/csv; charset=utf-8")
