"""Who is funded this month, from which money, and who waits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.messages import constants as level
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jaring.desk.areas import Item, Todo, Words
from jaring.officers.scope import Scope

MENU = (Item(_("Usulan dana"), "funding", "fund.propose", 30),)


def todos(scope: Scope) -> Iterable[Todo]:
    """A proposal of one's own that came back."""
    if not scope.may("fund.propose"):
        return
    from jaring.facts.month import Month
    from jaring.funding.standing import sent_back

    for held in sent_back(scope.actor):
        where = reverse("funding_of", kwargs={"month": str(Month.of(held.month))})
        yield Todo(str(_("usulan dana dikembalikan dengan alasan")), where, 1, urgent=True)


def _budgets(work: Any) -> tuple[Words, str]:
    words = _("Pilih berkas lain") if work.state == "failed" else _("Lihat dananya")
    return words, reverse("funding_budgets")


def _said_of_budgets(work: Any) -> tuple[int, str]:
    count = work.result["counts"]["dana"]
    return level.SUCCESS, ngettext("%(n)s dana dimuat.", "%(n)s dana dimuat.", count) % {"n": count}


#: Kind of work → words and address of where to go on when it ended; what is said there.
RESULTS = {"budgets": _budgets}
SENTENCES = {"budgets": _said_of_budgets}
