"""For the inspectorate and BPK: figures down to their rows, the journal, the ledger, decisions made again."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item, Words

MENU = (
    Item(_("Pemeriksaan"), "audit", "journal.read", 14),
    Item(_("Buku besar"), "audit_ledger", "ledger.read", 84),
)


def _chain(work: Any) -> tuple[Words, str]:
    return _("Hasil pemeriksaan rantai"), reverse("audit_chain")


def _again(work: Any) -> tuple[Words, str]:
    return _("Hasil hitung ulang"), reverse("audit_recompute")


#: Where background work of these kinds has left what it found.
RESULTS = {"verify_chain": _chain, "recompute": _again}
