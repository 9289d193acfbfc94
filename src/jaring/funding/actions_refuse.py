"""Proposals that are sent back: refused by a checker, or withdrawn by their maker, with the reason."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jaring.facts.month import Month
from jaring.facts.reason import refuse as refusal
from jaring.facts.reason import stated
from jaring.funding.actions import close_open
from jaring.funding.models import Proposal
from jaring.funding.policy import PROPOSAL, may
from jaring.journal.actions import record
from jaring.officers.approving import other_person


@transaction.atomic
def refuse(proposal: Proposal | int, reason: str, *, by: str) -> Proposal:
    """A checker sends a proposal back; the next one of its month begins anew. Again changes nothing."""
    return _close(proposal, reason, "refused", by=by)


@transaction.atomic
def withdraw(proposal: Proposal | int, reason: str, *, by: str) -> Proposal:
    """The maker takes their own proposal back."""
    return _close(proposal, reason, "withdrawn", by=by)


def _close(proposal: Proposal | int, reason: str, state: str, *, by: str) -> Proposal:
    why = stated(reason)
    pk = proposal if isinstance(proposal, int) else proposal.pk
    held = Proposal.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        raise refusal("usulan-tidak-ada", f"Usulan nomor {pk} tidak ada.", "Lihat daftar usulan.")
    if state == "refused":
        other_person(held.made_by, by, f"Usulan nomor {pk}")
    elif held.made_by.strip().casefold() != by.strip().casefold():
        raise refusal(
            "bukan-pembuatnya",
            f"Usulan nomor {pk} hanya ditarik oleh pembuatnya.",
            "Bila Anda pemeriksanya, tolak dengan alasan.",
        )
    if held.state == state:
        return held
    if not may(PROPOSAL, held.state, state):
        raise refusal(
            "usulan-sudah-diputuskan",
            f"Usulan nomor {pk} tidak lagi menunggu keputusan.",
            "Lihat usulan yang terbaru bulan itu.",
        )
    held.refused_by, held.refused_at, held.refusal = by, timezone.now(), why
    close_open(held, state)
    record(
        f"funding.{'refuse' if state == 'refused' else 'withdraw'}",
        f"{Month.of(held.month)} #{held.pk}",
        by=by,
        made_by=held.made_by,
        funded=held.funded,
        funded_idr=held.funded_idr,
        alasan=why,
    )
    return held
