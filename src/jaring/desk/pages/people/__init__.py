"""The register: finding somebody, one person through the programme, lists of people taken out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.messages import constants as level
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Todo, Words
from jaring.desk.saying import dotted
from jaring.officers.scope import Scope

MENU = (
    Item(_("Cari orang"), "people", "people.read", 26),
    Item(_("Unduhan"), "people_exports", "export.people", 90),
)


def todos(scope: Scope) -> Iterable[Todo]:
    if not scope.may("export.people"):
        return
    from jaring.officers.models import Export

    # What was let go is made at once, and its work tells when it can be taken.
    refused = Export.objects.filter(asked_by=scope.actor, state="refused", decided_at__gte=_lately())
    yield Todo(str(_("unduhan Anda ditolak dengan alasan")), reverse("people_exports"), refused.count())


def _lately() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=3)


def _export(work: Any) -> tuple[Words, str]:
    words = _("Lihat unduhan") if work.state == "failed" else _("Ambil unduhan")
    return words, reverse("people_export", args=[work.arguments["export"]])


def _said_of_export(work: Any) -> tuple[int, str]:
    people = dotted(work.result["counts"]["orang"])
    said = _now("Berkas dengan %(n)s orang siap diambil. Jangan meneruskannya lewat WhatsApp.")
    return level.SUCCESS, said % {"n": people}


#: Kind of work → words and address of where to go on when it ended; what is said there.
RESULTS = {"export": _export}
SENTENCES = {"export": _said_of_export}
