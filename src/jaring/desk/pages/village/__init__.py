"""A village's own pages, on a phone: its people, its held rows, rows typed by hand, deaths and departures."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import ALL, Scope

_OPERATOR = frozenset({"operator_desa"})
MENU = (
    Item(gettext_lazy("Desa saya"), "village", "review.answer", 5),
    Item(gettext_lazy("Ketik baris"), "village_type", "roster.receive", 22, _OPERATOR),
    Item(gettext_lazy("Laporan desa"), "village_reports", "mutation.report", 40, _OPERATOR),
)


def todos(scope: Scope) -> Iterator[Todo]:
    """Held rows of the village's people, and reports that were not believed."""
    if not scope.may("review.answer") or ALL in scope.desa:
        return
    from jaring.enrolment.models import Report
    from jaring.rosters.lists import held_rows

    held = held_rows(desa=scope.desa).count()
    yield Todo(_("baris tertahan dan menunggu perbaikan Anda"), reverse("village_held"), held)
    bare = Report.seen.filter(state="reported", photo=None, note="").count()
    yield Todo(_("laporan belum berfoto surat"), reverse("village_reports"), bare)
