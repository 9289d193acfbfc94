"""The rows behind a figure: the paid person-months it counted, the people it divided by."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from jaring.coverage.counting import UNKNOWN
from jaring.coverage.models import Figure
from jaring.enrolment.models import PersonMonth
from jaring.facts.month import Month
from jaring.people.models import Person

#: Ends of the age bands by their code: from so many whole years, to below so many.
_AGES = {
    "<15": (None, 15),
    "15-24": (15, 25),
    "25-34": (25, 35),
    "35-44": (35, 45),
    "45-54": (45, 55),
    "55-64": (55, 65),
    "65+": (65, None),
}
_COLUMNS = {"kecamatan": "kecamatan_code", "desa": "desa_code", "sex": "sex"}
#: Dimensions by which people known from lists are counted too.
KNOWN = ("kecamatan", "desa", "sex", "age")


def month_of(figure: Figure) -> Month:
    """Whose months were counted: the figure's own, or that of the insurer's list it was taken from."""
    return Month.of(figure.as_of if figure.measure == "insurer_count" else figure.month)


def months(figure: Figure) -> QuerySet[PersonMonth]:
    """The person-months of the numerator, as the tables hold them now."""
    rows = PersonMonth.objects.filter(month=month_of(figure).first, state="paid")
    if figure.dimension in {"segment", "source"}:
        return rows.filter(**{figure.dimension: figure.code})
    if figure.dimension in {"regency", "target"}:
        return rows
    if figure.code == UNKNOWN:
        known = Person.objects.filter(_said(figure.dimension), merged_into__isnull=True)
        return rows.exclude(person_id__in=known.values("pk"))
    return rows.filter(person_id__in=_people(figure).values("pk"))


def people(figure: Figure) -> QuerySet[Person] | None:
    """The people of the denominator; None where it is a number published by others."""
    if figure.measure != "protected" or figure.dimension not in KNOWN or figure.denominator is None:
        return None
    first = month_of(figure).first
    working = Q(birth_date__isnull=True) | _aged(15, 65, first)
    if figure.code == UNKNOWN:
        return Person.objects.filter(working, ~_said(figure.dimension), merged_into__isnull=True)
    return _people(figure).filter(working)


def _people(figure: Figure) -> QuerySet[Person]:
    known = Person.objects.filter(merged_into__isnull=True)
    if figure.dimension == "age":
        return known.filter(_aged(*_AGES[figure.code], month_of(figure).first))
    return known.filter(**{_COLUMNS[figure.dimension]: figure.code})


def _said(dimension: str) -> Q:
    column = "birth_date" if dimension == "age" else _COLUMNS[dimension]
    return Q(**{f"{column}__isnull": False})


def _aged(low: int | None, high: int | None, first: dt.date) -> Q:
    """Born so that on ``first`` they are at least ``low`` and below ``high`` whole years old."""
    born = Q(birth_date__isnull=False)
    if low is not None:
        born &= Q(birth_date__lte=first.replace(year=first.year - low))
    if high is not None:
        born &= Q(birth_date__gt=first.replace(year=first.year - high))
    return born
