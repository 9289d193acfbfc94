"""Who leaves and who comes: reports of villages, mutations, places that fell free."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.messages import constants as level
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo, Words
from jaring.desk.saying import dotted
from jaring.officers.scope import Scope

MENU = (Item(_("Mutasi"), "changes", "mutation.decide", 38),)


def todos(scope: Scope) -> Iterable[Todo]:
    if not scope.may("mutation.decide"):
        return
    from jaring.enrolment import actions_split, reports

    count = scope.narrow(reports.waiting(), desa="desa_code").count()
    yield Todo(str(_("laporan desa menunggu keputusan")), reverse("changes"), count)
    asked = actions_split.questions().count()
    yield Todo(str(_("dana dijanjikan selagi dua orang dianggap satu")), reverse("changes_questions"), asked)


def _mutations(work: Any) -> tuple[Words, str]:
    if work.state == "failed":
        return _("Pilih berkas lain"), reverse("changes_upload")
    return _("Buka mutasi"), reverse("changes_recorded")


def _said_of_mutations(work: Any) -> tuple[int, str]:
    counts = work.result["counts"]
    said = _now("%(n)s mutasi baru, %(k)s sudah dikenal, %(t)s baris tidak diambil.")
    shown = {name: dotted(counts[key]) for name, key in (("n", "mutations"), ("k", "known"), ("t", "told"))}
    return (level.WARNING if counts["told"] else level.SUCCESS), said % shown


#: Kind of work → words and address of where to go on when it ended; what is said there.
RESULTS = {"mutations": _mutations}
SENTENCES = {"mutations": _said_of_mutations}
