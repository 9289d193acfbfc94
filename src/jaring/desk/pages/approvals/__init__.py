"""What waits for a second person: read, then approved up to a sum or refused with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo, Words
from jaring.officers.scope import Scope

MENU = (Item(_("Persetujuan"), "approvals", "fund.approve", 5),)


def todos(scope: Scope) -> Iterable[Todo]:
    if not scope.may("fund.approve"):
        return
    from django.urls import reverse

    from jaring.cycle import unsigned

    listed = [paper for paper in unsigned.papers() if scope.may(paper.right) and paper.made_by != scope.actor]
    late = any(paper.days >= 3 for paper in listed)
    yield Todo(str(_("surat menunggu persetujuan Anda")), reverse("approvals"), len(listed), urgent=late)


def _after(work: Any) -> tuple[Words, str] | None:
    from django.urls import reverse

    return _("Kembali ke persetujuan"), reverse("approvals")


#: Where an approval that was carried out behind the page leads.
RESULTS = {"approve": _after}
