"""Who is funded this month, from which money, and who waits."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope

MENU = (Item(_("Usulan dana"), "funding", "fund.propose", 30),)


def todos(scope: Scope) -> Iterable[Todo]:
    """A proposal of one's own that came back."""
    if not scope.may("fund.propose"):
        return
    from django.urls import reverse

    from jaring.facts.month import Month
    from jaring.funding.standing import sent_back

    for held in sent_back(scope.actor):
        where = reverse("funding_of", kwargs={"month": str(Month.of(held.month))})
        yield Todo(str(_("usulan dana dikembalikan dengan alasan")), where, 1, urgent=True)
