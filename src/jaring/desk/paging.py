"""Long lists, each page found by where the last one ended: page 4,000 costs what page 1 costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

SIZE = 50
_Rows = TypeVar("_Rows", bound=Model)


@dataclass(frozen=True)
class Slice(Generic[_Rows]):
    """``query``: what the link to the next page says besides where it begins."""

    rows: list[_Rows]
    after: str
    first: bool
    query: str


def keyset(
    rows: QuerySet[_Rows], request: HttpRequest, *, order: str = "pk", size: int = SIZE
) -> Slice[_Rows]:
    """The page of ``rows`` that begins after ``?after=<pk>``, in the order of one column and then the key.

    Only the key travels in the address: the column may be a name. A key that is gone begins anew.
    """
    place = _place(rows, request.GET.get("after", ""), order)
    ordered = rows.order_by(order, "pk") if order != "pk" else rows.order_by("pk")
    if place is not None:
        value, key = place
        if order == "pk":
            ordered = ordered.filter(pk__gt=key)
        else:
            beyond = Q(**{f"{order}__gt": value}) | Q(pk__gt=key)
            ordered = ordered.filter(Q(**{f"{order}__gte": value}) & beyond)
    found = list(ordered[: size + 1])
    query = request.GET.copy()
    query.pop("after", None)
    more = str(found[size - 1].pk) if len(found) > size else ""
    return Slice(found[:size], more, place is None, query.urlencode())


def _place(rows: QuerySet[_Rows], after: str, order: str) -> tuple[Any, Any] | None:
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        return None
    last = rows.filter(pk=int(after)).values_list(order, "pk").first()
    return (last[0], last[1]) if last else None
