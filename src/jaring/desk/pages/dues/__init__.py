"""For DPMD: which desa has not budgeted or paid, whom that leaves unprotected, and the letters about it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope, counting

MENU = (Item(gettext_lazy("Iuran desa"), "dues", "village.remind", 46),)


def todos(scope: Scope) -> Iterable[Todo]:
    """Desa that may be reminded today, and those past their last letter."""
    from jaring.decide.local import settings
    from jaring.desk.frame import working_month
    from jaring.enrolment.dues import REMINDED, board

    if not scope.may("village.remind"):
        return
    today = timezone.localdate()
    month = working_month()
    with counting():
        rows = board(month.year if month else today.year, settings(), on=today)
    due = sum(1 for row in rows.iter_rows(named=True) if row["next_level"] and row["next_on"] <= today)
    last = sum(
        1
        for row in rows.iter_rows(named=True)
        if row["standing"] in REMINDED and row["level"] and not row["next_level"]
    )
    place = reverse("dues")
    yield Todo(_("desa dapat disurati hari ini"), f"{place}?standing=due", due)
    yield Todo(_("desa sudah menerima teguran terakhir"), f"{place}?standing=last", last, urgent=bool(last))
