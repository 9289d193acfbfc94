"""The register: finding somebody, one person through the programme, lists of people taken out."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope

MENU = (
    Item(_("Cari orang"), "people", "people.read", 26),
    Item(_("Unduhan"), "people_exports", "export.people", 90),
)


def todos(scope: Scope) -> Iterable[Todo]:
    if not scope.may("export.people"):
        return
    from django.urls import reverse

    from jaring.officers.models import Export

    ready = Export.objects.filter(asked_by=scope.actor, state="approved").exclude(decided_by="")
    yield Todo(str(_("unduhan sudah disetujui dan dapat diambil")), reverse("people_exports"), ready.count())
