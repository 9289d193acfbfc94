"""For the insurer's branch: clean files to fetch, answers and bills to give back, how each stands."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope, counting

_OWN = frozenset({"bpjs"})

MENU = (
    Item(gettext_lazy("Berkas kirim"), "insurer", "batch.fetch", 40, _OWN),
    Item(gettext_lazy("Jawaban"), "insurer_answers", "answer.give", 42, _OWN),
    Item(gettext_lazy("Tagihan"), "insurer_bills", "answer.give", 44, _OWN),
)


def todos(scope: Scope) -> Iterable[Todo]:
    """Batches to fetch, batches to answer, bills that differ."""
    from jaring.enrolment import answering

    if not any(grant.role in _OWN for grant in scope.grants):
        return
    months = answering.months()
    if not months:
        return
    with counting():
        whole = answering.standing(months[0])
        differing = answering.bills(months[0], state="different").count()
    place = f"{reverse('insurer')}?bulan={months[0]}"
    bills = f"{reverse('insurer_bills')}?lihat=different"
    unfetched, unanswered = len(whole["unfetched"]), len(whole["unanswered"])
    yield Todo(_("berkas kirim belum diambil"), f"{place}&lihat=unfetched", unfetched, urgent=bool(unfetched))
    yield Todo(_("berkas kirim belum dijawab seluruhnya"), f"{place}&lihat=unanswered", unanswered)
    yield Todo(_("tagihan belum cocok dengan daftar"), bills, differing)
