"""Who leaves and who comes: reports of villages, mutations, places that fell free."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope

MENU = (Item(_("Mutasi"), "changes", "mutation.decide", 38),)


def todos(scope: Scope) -> Iterable[Todo]:
    if not scope.may("mutation.decide"):
        return
    from django.urls import reverse

    from jaring.enrolment import reports

    count = scope.narrow(reports.waiting(), desa="desa_code").count()
    yield Todo(str(_("laporan desa menunggu keputusan")), reverse("changes"), count)
