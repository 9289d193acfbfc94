"""Published figures with their definitions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router

from jaring.api.door import requires
from jaring.api.shapes import FigureOut, MonthText, Refusal
from jaring.coverage.models import Figure
from jaring.facts.month import Month

router = Router(tags=["cakupan"])
_FIELDS = (
    *("measure", "dimension", "code", "label", "numerator", "numerator_definition"),
    *("denominator", "denominator_definition", "as_of", "source"),
)


@router.get("/coverage", response={200: list[FigureOut], 403: Refusal})
@requires("coverage.read")
def coverage(
    request: HttpRequest,
    month: Annotated[MonthText, Query()],
    dimension: Annotated[
        Literal["regency", "kecamatan", "desa", "segment", "source", "sex", "age", "target"], Query()
    ] = "regency",
) -> list[dict[str, Any]]:
    """The figures of a month by one dimension: numerator, denominator, both definitions, as of when."""
    wanted = Month.parse(month)
    rows = Figure.objects.filter(
        month=wanted.first, dimension=dimension, superseded_at__isnull=True
    ).order_by("measure", "code")
    return [{**row, "month": str(wanted)} for row in rows.values(*_FIELDS)]
