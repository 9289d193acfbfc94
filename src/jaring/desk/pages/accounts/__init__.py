"""Accounts, their roles with a last day, and where they reach; for the admin of accounts alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope

MENU = (Item(gettext_lazy("Akun petugas"), "accounts", "accounts.manage", 95),)


def todos(scope: Scope) -> Iterable[Todo]:
    """Roles that end soon, and accounts that were made and given nothing."""
    from jaring.officers.listing import accounts, ending

    if not scope.may("accounts.manage"):
        return
    today = timezone.localdate()
    place = reverse("accounts")
    yield Todo(
        _("peran berakhir dalam 30 hari: perpanjang atau biarkan berakhir"),
        f"{place}?state=ending",
        ending(today).count(),
    )
    yield Todo(
        _("akun aktif tanpa peran: beri peran atau nonaktifkan"),
        f"{place}?state=without",
        accounts(state="without", on=today).count(),
    )
