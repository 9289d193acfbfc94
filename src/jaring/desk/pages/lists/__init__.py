"""Lists of people: sent, screened, answered row by row, their headers taught."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jaring.desk.areas import Item, Todo, Words
from jaring.officers.scope import Scope

MENU = (
    Item(gettext_lazy("Daftar masuk"), "lists", "roster.read", 20),
    Item(gettext_lazy("Kirim daftar"), "lists_upload", "roster.receive", 21),
)


def todos(scope: Scope) -> Iterator[Todo]:
    """Held rows of an office's own lists; the villages' wait on their own page."""
    if not scope.kinds:
        return
    from jaring.rosters.lists import waiting

    held = waiting()
    yield Todo(_("baris daftar Anda tertahan dan menunggu perbaikan"), reverse("lists"), held)


def _list(work: Any) -> tuple[Words, str]:
    if work.state == "failed":
        return _again(work)
    return _("Buka daftarnya"), reverse("lists_one", args=[work.result["roster"]])


def _screening(work: Any) -> tuple[Words, str]:
    if work.state == "failed":
        return _again(work)
    return _("Lihat hasil pemeriksaan"), reverse("lists_screened", args=[work.key])


def _again(work: Any) -> tuple[Words, str]:
    return _("Pilih berkas lain"), reverse("lists_upload")


#: Kind of work → words and address of where to go on when it ended.
RESULTS = {"receive": _list, "reread": _list, "screen": _screening}
