"""Which desa the operator at work stands in: the only one, or the one chosen among theirs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from jaring.desk.frame import units
from jaring.desk.pages.lists.offices import villages

KEPT = "village.desa"


def desa_of(request: HttpRequest) -> str:
    """Its code. An officer who is no village's operator has none: the page is not there.

    One that is asked for by name and is not theirs is not there either: rows typed for it must not land in
    another.
    """
    own = villages(request.scope)  # type: ignore[attr-defined]
    if not own:
        raise Http404
    asked = request.GET.get("desa")
    if asked and asked not in own:
        raise Http404
    chosen = asked or request.session.get(KEPT)
    return chosen if chosen in own else own[0]


def shown(request: HttpRequest, desa: str) -> dict[str, Any]:
    """What the pages of a desa have on top: its name, and the others to change to."""
    every = units()
    own = villages(request.scope)  # type: ignore[attr-defined]
    others = [(code, every[code]["name"]) for code in own if code != desa and code in every]
    return {"desa": desa, "unit": every.get(desa), "others": others}
