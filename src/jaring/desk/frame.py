"""What every page is drawn with: the frame, the menu, downloads."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jaring.cycle.models import Step
from jaring.desk.areas import sections
from jaring.facts.month import Month
from jaring.facts.region import region

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def page(request: HttpRequest, template: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    """Draw ``desk/<template>.html``. What ``shown`` names stands above what every page has."""
    return render(request, f"desk/{template}.html", {"month": working_month(), **shown}, status=status)


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every template, the pages of signing in among them."""
    scope = getattr(request, "scope", None)
    # Who types a village's rows may have some waiting in the browser when they sign out.
    keeps_rows = bool(scope and scope.offices and scope.may("roster.receive"))
    return {"menu": sections(scope, request.path) if scope else [], "keeps_rows": keeps_rows}


def working_month() -> Month | None:
    """The newest month that any stage has worked on."""
    last = Step.objects.order_by("-month").values_list("month", flat=True).first()
    return Month.of(last) if last else None


def units() -> dict[str, dict[str, Any]]:
    """Code of each desa and kelurahan → name, kecamatan, and the rest of its line."""
    return {unit["code"]: unit for unit in region(settings.REGION).units.iter_rows(named=True)}


def attachment(name: str, content: bytes, kind: str) -> HttpResponse:
    """A file to keep. ``name`` carries no personal data: it ends in logs and download folders."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
