"""Counts and sums of the month, drawn from the coverage room."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jaring.coverage import overview, tiles
from jaring.coverage.models import Figure
from jaring.coverage.published import latest, rivals
from jaring.cycle.job import said, shown
from jaring.cycle.models import Step
from jaring.cycle.stages import stages
from jaring.desk.frame import page, units, working_month
from jaring.desk.months import pictured
from jaring.desk.saying import dotted, month_name
from jaring.desk.saying import said as spoken
from jaring.enrolment import lifeline
from jaring.facts.month import Month
from jaring.funding.reasons import reason as funding_reason
from jaring.law.funding import source as source_of
from jaring.law.reasons import reason
from jaring.officers.access import requires
from jaring.officers.scope import counting

DIMENSIONS = (
    ("kecamatan", gettext_lazy("kecamatan")),
    ("desa", gettext_lazy("desa dan kelurahan")),
    ("segment", gettext_lazy("segmen")),
    ("source", gettext_lazy("pembayar")),
    ("sex", gettext_lazy("jenis kelamin")),
    ("age", gettext_lazy("umur")),
)


def _figures(measure: str, month: Month, dimension: str) -> list[Figure]:
    current = Figure.objects.filter(measure=measure, month=month.first, superseded_at__isnull=True)
    return list(current.filter(dimension=dimension).order_by("code"))


def _share(numerator: int, denominator: int | None) -> int | None:
    return (numerator * 2000 + denominator) // (2 * denominator) if denominator else None


@requires("coverage.read")
def overview_page(request: HttpRequest) -> HttpResponse:
    """The month on one page: protected, waiting, unpaid, the rival percentages, every desa."""
    of = pictured(request)
    month = of["month"]
    if month is None:
        return page(request, "figures/overview")
    regency = _figures("protected", month, "regency")
    return page(
        request,
        "figures/overview",
        **of,
        protected=regency[0] if regency else None,
        headline=_headline(month),
        shares=_shares(month),
        tiles=_map(month),
        legend=tiles.legend(),
        refused=_refused(month),
    )


def _headline(month: Month) -> list[dict[str, Any]]:
    with counting():
        states = overview.months_by_state(month)
        people, rupiah = overview.unpaid(month)
        queue = overview.waiting(month)
    return [
        {
            "title": _("Ditagih, belum dibayar"),
            "value": rupiah,
            "money": True,
            "bad": people > 0,
            "note": _("%(people)s orang belum terlindungi karenanya") % {"people": dotted(people)},
        },
        {
            "title": _("Menunggu pembayar"),
            "value": int(queue["people"].sum() or 0),
            "bad": False,
            "note": _("memenuhi syarat, punya nomor urut"),
        },
        {
            "title": _("Ditolak BPJS"),
            "value": states.get("rejected", 0),
            "bad": False,
            "note": _("dengan kode; yang dapat diperbaiki dikirim ulang"),
        },
    ]


def _shares(month: Month) -> list[dict[str, Any]]:
    own = [
        *_figures("protected", month, "regency"),
        *_figures("insurer_count", month, "regency"),
        *_figures("insurer_count", month, "target"),
    ]
    rows = [
        {
            "top": f.numerator_definition,
            "numerator": f.numerator,
            "under": f.denominator_definition,
            "denominator": f.denominator,
            "share": _share(f.numerator, f.denominator),
        }
        for f in own
    ]
    for ratio in rivals(latest("active", month)):
        top, under = ratio.numerator, ratio.denominator
        rows.append(
            {
                "top": f"{top.counts}; diberitakan {top.source}",
                "numerator": top.value,
                "under": f"{under.counts}; {under.source}",
                "denominator": under.value,
                "share": ratio.tenths_of_percent,
            }
        )
    return rows


def _map(month: Month) -> str:
    found = {f.code: f for f in _figures("protected", month, "desa")}
    drawn = tiles.draw(
        (
            tiles.Tile(
                unit["name"],
                unit["kecamatan"],
                found[code].numerator if code in found else 0,
                found[code].denominator if code in found else None,
            )
            for code, unit in units().items()
        ),
        _("Bagian yang terlindungi di setiap desa, %(month)s") % {"month": month_name(month)},
        _("Satu kotak satu desa atau kelurahan; tabel angkanya ada di halaman cakupan desa."),
        say=spoken,
    )
    # Every name in the drawing has been escaped where it was drawn.
    return mark_safe(drawn)  # noqa: S308


def _refused(month: Month) -> list[dict[str, Any]]:
    rows = []
    with counting():
        refused = overview.refused(month)
    for code, people in refused.iter_rows():
        said = reason(code)
        rows.append({"sentence": said.sentence, "article": said.article, "people": people})
    return rows


def _label(figure: Figure) -> str:
    """What a group is called: segments and payers by their titles, places by their names."""
    if figure.code == "tidak-diketahui":
        return _("tidak diketahui")
    if figure.dimension == "segment":
        return lifeline.titles().get(figure.code, figure.label)
    return lifeline.payer(figure.code) if figure.dimension == "source" else figure.label


@requires("coverage.read")
def coverage(request: HttpRequest, dimension: str) -> HttpResponse:
    """One dimension as a table, the definitions above it."""
    words = dict(DIMENSIONS).get(dimension)
    if words is None:
        raise Http404
    of = pictured(request)
    month = of["month"]
    above = {code: unit["kecamatan"] for code, unit in units().items()}
    rows = [
        {
            "label": _label(f),
            "above": above.get(f.code, ""),
            "numerator": f.numerator,
            "denominator": f.denominator,
            "share": _share(f.numerator, f.denominator),
            "numerator_definition": f.numerator_definition,
            "denominator_definition": f.denominator_definition,
            "as_of": f.as_of,
            "source": f.source,
        }
        for f in (_figures("protected", month, dimension) if month else [])
    ]
    return page(
        request,
        "figures/coverage",
        **of,
        dimension=dimension,
        words=words,
        dimensions=DIMENSIONS,
        figures=rows,
    )


def _source(code: str, funds: int) -> str:
    """A source, with the number of its funds where there are several."""
    name = spoken(source_of(code).name)
    return name if funds < 2 else _("%(name)s (%(n)s dana)") % {"name": name, "n": dotted(funds)}


@requires("fund.read")
def funds(request: HttpRequest) -> HttpResponse:
    """Each source: budget, committed, paid, left."""
    month = working_month()
    rows = [
        {
            "name": _source(f["source"], f["funds"]),
            "year": f["year"],
            "budget": f["budget_idr"],
            "committed": f["committed_idr"],
            "spent": f["spent_idr"],
            "left": f["budget_idr"] - f["committed_idr"],
            "people": f["people"],
        }
        for f in (overview.funds(month.year).iter_rows(named=True) if month else [])
    ]
    with counting():
        waiting = list(overview.waiting(month).iter_rows()) if month else []
    queue = [
        {"reason": (funding_reason(code) or reason(code)).sentence, "people": people}
        for code, people in waiting
    ]
    return page(request, "figures/funds", funds=rows, waiting=queue)


@requires("coverage.read")
def steps(request: HttpRequest) -> HttpResponse:
    """What each stage of the month did, and what the waiting ones wait for."""
    month = working_month()
    titles = {stage.name: stage.title for stage in stages()}
    rows = [
        {
            "title": titles.get(step.name, step.name),
            "done": step.done,
            "waits_for": step.waits_for,
            "counts": [(said(name), shown(name, value)) for name, value in step.counts.items() if value],
            "seconds": step.seconds,
        }
        for step in (Step.objects.filter(month=month.first) if month else [])
    ]
    return page(request, "figures/steps", steps=rows)
