"""The month as a list of steps: where it stands, what waits for whom, one button for what can be done."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope

MENU = (Item(_("Bulan ini"), "month", "month.run", 12),)


def todos(scope: Scope) -> Iterable[Todo]:
    if not scope.may("month.run"):
        return
    from django.urls import reverse

    from jaring.cycle import agenda
    from jaring.officers.scope import counting

    with counting():
        listed = agenda.months()
        ready = [p for p in agenda.points(listed[0]) if p.state == "now" and p.stages] if listed else []
    for point in ready:
        sentence = _("%(step)s: %(what)s") % {"step": point.title, "what": point.button.lower()}
        yield Todo(sentence, f"{reverse('month_of', kwargs={'month': str(listed[0])})}#{point.code}", 1)
