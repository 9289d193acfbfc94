"""For the treasury: what is due when and what its delay costs; SPP and SP2D recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.messages import constants as level
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jaring.desk.areas import Item, Todo, Words
from jaring.desk.saying import dotted
from jaring.officers.scope import Scope, counting

MENU = (
    Item(gettext_lazy("Kalender bayar"), "treasury", "payment.read", 50),
    Item(gettext_lazy("SPP"), "treasury_requests", "payment.record", 52),
    Item(gettext_lazy("SP2D"), "treasury_payments", "payment.record", 54),
)


def todos(scope: Scope) -> Iterable[Todo]:
    """Bills that are late, and those that fall due within a week."""
    from jaring.decide.local import settings
    from jaring.enrolment import due_calendar

    if not scope.may("payment.record"):
        return
    with counting():
        entries = due_calendar.unpaid(settings())
    late = sum(one["payable"] for one in entries if one["days"] < 0)
    soon = sum(one["payable"] for one in entries if 0 <= one["days"] <= 7)
    place = reverse("treasury")
    yield Todo(_("tagihan lewat jatuh tempo dan siap dibayar"), place, late, urgent=bool(late))
    yield Todo(_("tagihan jatuh tempo dalam tujuh hari"), place, soon)


def _payments(work: Any) -> tuple[Words, str]:
    if work.state == "failed":
        return _("Pilih berkas lain"), reverse("treasury_file")
    counts = work.result["counts"]
    if counts["payments"] or counts["told"]:
        sha256 = work.arguments["files"][0]["sha256"]
        return _("Lihat yang dibukukan"), reverse("treasury_file_result", args=[sha256])
    return _("Lihat yang dibukukan"), reverse("treasury_payments")


def _said_of_payments(work: Any) -> tuple[int, str]:
    counts = work.result["counts"]
    said = {"n": dotted(counts["payments"]), "months": dotted(counts["months"])}
    return level.SUCCESS, _("%(n)s SP2D dibukukan, %(months)s bulan-orang terlindungi.") % said


#: Kind of work → words and address of where to go on when it ended; what is said there.
RESULTS = {"payments": _payments}
SENTENCES = {"payments": _said_of_payments}
