"""Long lists, each page found by where the last one ended: page 4,000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

SIZE = 50
_Rows = TypeVar("_Rows", bound=Model)
_Any = TypeVar("_Any")


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
    A column with a minus before it goes downwards, the key with it: the newest first.
    """
    column = order.removeprefix("-")
    sign, past = ("-", "lt") if order.startswith("-") else ("", "gt")
    place = _place(rows, request.GET.get("after", ""), column)
    ordered = rows.order_by(order, f"{sign}pk") if column != "pk" else rows.order_by(order)
    if place is not None:
        value, key = place
        if column == "pk":
            ordered = ordered.filter(**{f"pk__{past}": key})
        else:
            beyond = Q(**{f"{column}__{past}": value}) | Q(**{f"pk__{past}": key})
            ordered = ordered.filter(Q(**{f"{column}__{past}e": value}) & beyond)
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


@dataclass(frozen=True)
class Leaf(Generic[_Any]):
    """One of ``last`` pages of a list that is in memory anyway: lines of wadah, funds, places."""

    rows: Sequence[_Any]
    number: int
    last: int
    query: str

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1 if self.number < self.last else 0


def leaf(rows: Sequence[_Any], request: HttpRequest, *, size: int) -> Leaf[_Any]:
    """The page that ``?hal=`` names; one that there is not is the nearest that there is."""
    last = max(1, -(-len(rows) // size))
    asked = request.GET.get("hal", "")
    number = min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    query = request.GET.copy()
    query.pop("hal", None)
    return Leaf(rows[(number - 1) * size : number * size], number, last, query.urlencode())
