"""The month's papers: the decree with its annex, files to the insurer, the answers that came back."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope

MENU = (Item(_("SK dan kirim"), "papers", "decree.make", 34),)


def todos(scope: Scope) -> Iterable[Todo]:
    """Papers of one's own that came back."""
    if not scope.may("decree.make"):
        return
    from django.urls import reverse

    from jaring.enrolment import month_papers

    for month, count in month_papers.sent_back(scope.actor):
        where = reverse("papers_of", kwargs={"month": str(month)})
        yield Todo(str(_("SK atau berkas kirim dikembalikan dengan alasan")), where, count, urgent=True)
