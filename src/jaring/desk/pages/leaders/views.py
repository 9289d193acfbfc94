"""The month on one sheet of paper, and the table of desa behind it. Counts and sums only."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jaring.coverage import brief, overview, trend
from jaring.coverage.models import Figure
from jaring.coverage.published import latest
from jaring.decide.local import settings as local_settings
from jaring.desk.frame import page, units
from jaring.desk.months import pictured
from jaring.desk.saying import dotted, month_name, said, written
from jaring.enrolment.blocked import blocked_claims
from jaring.facts.month import Month
from jaring.law.funding import source as source_of
from jaring.officers.access import requires
from jaring.officers.scope import counting

#: Desa at each end of the ranking that fit on one sheet.
_ENDS = 5
_SOON, _LATER = 30, 60


@requires("payment.read")
def leaders(request: HttpRequest) -> HttpResponse:
    """What matters today on top; below it the figures, each with its meaning."""
    shown = pictured(request)
    month = shown["month"]
    if month is None:
        return page(request, "leaders/sheet")
    day = brief.as_of(month, timezone.localdate())
    with counting():
        people, rupiah = overview.unpaid(month)
        held = blocked_claims(local_settings())
        endings = brief.ending(day, _LATER)
        owed = brief.owed(month)
        order = brief.ranking(month)
        points = brief.months_counted(month)
    protected = Figure.objects.filter(
        measure="protected", month=month.first, dimension="regency", superseded_at__isnull=True
    ).first()
    soon = sum(e.people for e in endings if (e.until - day).days <= _SOON)
    sums = {
        "unpaid_people": people,
        "unpaid_idr": rupiah,
        "held": held.height,
        "held_idr": int(held["jkm_benefit_idr"].sum()),
        "soon": soon,
        "later": sum(e.people for e in endings),
    }
    return page(
        request,
        "leaders/sheet",
        **shown,
        day=day,
        months=[m for m, _number in points if m != month],
        protected=protected,
        shares=_shares(protected),
        urgent=_urgent(sums, endings),
        sums=sums,
        endings=[{"until": e.until, "payer": _payer(e.source), "people": e.people} for e in endings],
        owed=[{**row, "payer": _payer(row["source"])} for row in owed.iter_rows(named=True)],
        comparable=brief.COMPARABLE,
        # Names of months and numbers are all it holds.
        trend=mark_safe(trend.draw(points, _("Orang terlindungi menurut bulan"), month_name, dotted)),  # noqa: S308
        **_ends(order),
    )


def _shares(protected: Figure | None) -> list[dict[str, Any]]:
    """Of the workers, and of the target that the press divides by: each with its number and meaning."""
    if protected is None:
        return []
    target = latest("target")
    rows = [
        (protected.denominator, protected.denominator_definition, protected.source),
        (target.value, target.counts, target.source),
    ]
    return [
        {
            "tenths": (protected.numerator * 2000 + under) // (2 * under),
            "denominator": under,
            "meaning": meaning,
            "source": source,
        }
        for under, meaning, source in rows
        if under
    ]


def _payer(source: str) -> str:
    return said(source_of(source).name)


def _urgent(sums: dict[str, int], endings: list[brief.Ending]) -> list[dict[str, str]]:
    """Sentences in the order in which they should be acted on; each leads to its part of the page."""
    found = []
    if sums["held"]:
        found.append(
            {
                "number": dotted(sums["held"]),
                "sentence": ngettext(
                    "klaim kematian menunggu iuran dibayar: santunan %(idr)s tertahan",
                    "klaim kematian menunggu iuran dibayar: santunan %(idr)s tertahan",
                    sums["held"],
                )
                % {"idr": written(sums["held_idr"])},
                "anchor": "arti-klaim",
            }
        )
    if sums["unpaid_people"]:
        found.append(
            {
                "number": dotted(sums["unpaid_people"]),
                "sentence": _("orang belum terlindungi karena %(idr)s sudah ditagih dan belum dibayar")
                % {"idr": written(sums["unpaid_idr"])},
                "anchor": "utang",
            }
        )
    if sums["later"]:
        found.append(
            {
                "number": dotted(sums["later"]),
                "sentence": _("orang habis bulan dananya dalam 60 hari; paling awal %(day)s")
                % {"day": _written_day(endings[0].until)},
                "anchor": "habis",
            }
        )
    return found


def _written_day(day: dt.date) -> str:
    return f"{day.day} {month_name(Month.of(day))}"


def _ends(order: pl.DataFrame) -> dict[str, Any]:
    """The best and the worst desa that can be compared, and how many there are to compare."""
    ranked = order.filter(pl.col("rank").is_not_null())
    # With few desa the two ends meet; none stands in both, and where all are equal there are no ends.
    count = min(_ENDS, ranked.height // 2) if ranked["rank"].n_unique() > 1 else 0
    return {
        "best": _named(ranked.head(count)),
        "worst": _named(ranked.tail(count).reverse()),
        "ranked": ranked.height,
        "small": order.height - ranked.height,
    }


def _named(order: pl.DataFrame) -> list[dict[str, Any]]:
    known = units()
    rows = []
    for row in order.iter_rows(named=True):
        unit = known.get(row["desa_code"], {})
        rows.append({**row, "name": unit.get("name", row["desa_code"]), "above": unit.get("kecamatan", "")})
    return rows


@requires("payment.read")
def villages(request: HttpRequest) -> HttpResponse:
    """Every desa in order, those too small to compare after the others, with the counts of each."""
    shown = pictured(request)
    month = shown["month"]
    if month is None:
        return page(request, "leaders/villages")
    with counting():
        order = brief.ranking(month)
    ranked = pl.col("rank").is_not_null()
    none = [u for code, u in units().items() if code not in set(order["desa_code"])]
    return page(
        request,
        "leaders/villages",
        **shown,
        ranked=_named(order.filter(ranked)),
        small=_named(order.filter(~ranked)),
        none=none,
        comparable=brief.COMPARABLE,
    )
