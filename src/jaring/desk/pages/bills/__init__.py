"""Bills of the insurer beside our own list and the treasury's SP2D, to the rupiah."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope

MENU = (Item(_("Tagihan"), "bills", "bill.reconcile", 40),)


def todos(scope: Scope) -> Iterable[Todo]:
    """Bills that do not match, and minutes that wait for signatures."""
    if not scope.may("bill.reconcile"):
        return
    from django.urls import reverse

    from jaring.enrolment import reconciling, settling
    from jaring.facts.month import Month

    for row in reconciling.months():
        if row["different"]:
            where = reverse("bills_of", kwargs={"month": str(Month.of(row["month"]))})
            yield Todo(
                str(_("tagihan BPJS berbeda dengan daftar kita")), where, row["different"], urgent=True
            )
    for one in settling.unsigned():
        where = reverse("bills_settlement", kwargs={"pk": one.pk})
        yield Todo(str(_("berita acara penyelesaian menunggu tanda tangan")), where, 1)
