"""The month as a list of steps: where it stands, what waits for whom, one button for what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo, Words
from jaring.officers.scope import Scope

MENU = (Item(_("Bulan ini"), "month", "month.run", 12),)


def todos(scope: Scope) -> Iterable[Todo]:
    if not scope.may("month.run"):
        return
    from django.urls import reverse

    from jaring.cycle import agenda
    from jaring.desk.saying import said
    from jaring.officers.scope import counting

    with counting():
        listed = agenda.months()
        ready = [p for p in agenda.points(listed[0]) if p.state == "now" and p.stages] if listed else []
    for point in ready:
        sentence = say("%(step)s: %(what)s") % {"step": said(point.title), "what": said(point.button).lower()}
        yield Todo(sentence, f"{reverse('month_of', kwargs={'month': str(listed[0])})}#{point.code}", 1)


def _after(work: Any) -> tuple[Words, str] | None:
    from django.urls import reverse

    month = work.result.get("month") or work.arguments.get("month", "")
    return (_("Kembali ke bulan ini"), reverse("month_of", kwargs={"month": month})) if month else None


#: Where a stage that has ended leads.
RESULTS = {"stage": _after}
