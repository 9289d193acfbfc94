"""For the inspectorate and BPK: figures down to their rows, the journal, the ledger, decisions made again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item

MENU = (
    Item(_("Pemeriksaan"), "audit", "journal.read", 14),
    Item(_("Buku besar"), "audit_ledger", "ledger.read", 84),
)
