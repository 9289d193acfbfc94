"""Doubtful people: two records side by side, decided by the office, asked of the village."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo
from jaring.officers.scope import Scope

MENU = (
    Item(_("Orang meragukan"), "review_queue", "review.decide", 24),
    Item(_("Pertanyaan kantor"), "review_asked", "review.answer", 24),
)


def todos(scope: Scope) -> Iterable[Todo]:
    from django.urls import reverse

    from jaring.people import cases

    if scope.may("review.decide"):
        seen = scope.narrow(cases.waiting(), desa="left_person__desa_code")
        sentence = str(_("pasangan orang yang meragukan menunggu keputusan"))
        yield Todo(sentence, reverse("review_queue"), seen.count())
    elif scope.may("review.answer"):
        sentence = str(_("pertanyaan kantor tentang warga desa Anda"))
        yield Todo(sentence, reverse("review_asked"), cases.asked_of(scope.desa).count())
