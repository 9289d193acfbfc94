"""A list taken back by its office, because a better one came; and brought back when it is sent again."""

from __future__ import annotations

from django.db import transaction

from jaring.facts.reason import refuse, stated
from jaring.journal.actions import record
from jaring.officers.scope import current
from jaring.rosters.models import Roster


@transaction.atomic
def withdraw(roster_id: int, reason: str, *, by: str) -> Roster:
    """From now on nobody is counted by this list. Its rows and its file stay, and what they led to stays."""
    why = stated(reason)
    current().require("roster.receive")
    roster = Roster.seen.select_for_update().filter(pk=roster_id).first()
    if roster is None:
        raise refuse("daftar-tidak-ada", "Daftar ini tidak ada.", "Muat ulang daftar masuk.")
    if roster.state == "replaced":
        return roster
    roster.state = "replaced"
    roster.save(update_fields=["state"])
    record("rosters.withdraw", roster.sha256, by=by, roster=roster.pk, alasan=why)
    return roster


@transaction.atomic
def bring_back(roster: Roster, *, by: str) -> None:
    """The same file was sent again: it counts again."""
    if Roster.objects.filter(pk=roster.pk, state="replaced").update(state="received"):
        record("rosters.bring_back", roster.sha256, by=by, roster=roster.pk)
