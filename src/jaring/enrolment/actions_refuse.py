"""Papers that are sent back: a checker refuses another's draft, a maker withdraws their own. Both say why."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment.models import Batch, Decree
from jaring.facts.reason import refuse, stated
from jaring.journal.actions import record
from jaring.officers.approving import other_person

#: States of a paper that nobody reads as standing.
GONE = ("refused", "withdrawn")


@transaction.atomic
def refuse_decree(number: str, reason: str, *, by: str) -> Decree:
    """A checker sends a draft back; its awards are free for the next one. Again changes nothing."""
    return _decree(number, reason, "refused", by=by)


@transaction.atomic
def withdraw_decree(number: str, reason: str, *, by: str) -> Decree:
    """The maker takes their own draft back, as it was never shown."""
    return _decree(number, reason, "withdrawn", by=by)


@transaction.atomic
def refuse_batches(numbers: Sequence[str], reason: str, *, by: str) -> list[Batch]:
    """A checker sends drafts of batches back, all named or none. Their people go into the next drafts.

    Months that were enrolled without a line, since the insurer has them, stay as they are.
    """
    return _batches(numbers, reason, "refused", by=by)


@transaction.atomic
def withdraw_batches(numbers: Sequence[str], reason: str, *, by: str) -> list[Batch]:
    """The maker takes their own drafts of batches back."""
    return _batches(numbers, reason, "withdrawn", by=by)


def own_or_other(made_by: str, by: str, state: str, what: str) -> None:
    """Refusing is the checker's, withdrawing the maker's."""
    if state == "refused":
        other_person(made_by, by, what)
    elif made_by.strip().casefold() != by.strip().casefold():
        raise refuse(
            "bukan-pembuatnya",
            f"{what} hanya ditarik oleh pembuatnya.",
            "Bila Anda pemeriksanya, tolak dengan alasan.",
        )


def _decree(number: str, reason: str, state: str, *, by: str) -> Decree:
    why = stated(reason)
    held = Decree.objects.select_for_update().filter(number=number).first()
    if held is None:
        raise refuse("sk-tidak-ada", f"SK {number} tidak ada.", "Lihat daftar SK.")
    own_or_other(held.made_by, by, state, held.number)
    if held.state == state:
        return held
    _still_draft(held.state, held.number)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE enrolment_decreeline SET stands = false WHERE decree_id = %s", [held.pk])
    held.state, held.refused_by, held.refused_at, held.refusal = state, by, timezone.now(), why
    held.save(update_fields=["state", "refused_by", "refused_at", "refusal"])
    record(
        f"enrolment.{_VERBS[state]}_decree",
        held.number,
        by=by,
        made_by=held.made_by,
        people=held.people,
        total_idr=held.total_idr,
        alasan=why,
    )
    return held


def _batches(numbers: Sequence[str], reason: str, state: str, *, by: str) -> list[Batch]:
    why = stated(reason)
    found = list(Batch.objects.select_for_update().filter(number__in=list(numbers)).order_by("id"))
    missing = sorted(set(numbers) - {one.number for one in found})
    if missing or not found:
        named = missing[0] if missing else "(kosong)"
        raise refuse("batch-tidak-ada", f"Batch {named} tidak ada.", "Lihat daftar batch bulan itu.")
    for one in found:
        own_or_other(one.made_by, by, state, f"Batch {one.number}")
    fresh = [one for one in found if one.state != state]
    for one in fresh:
        _still_draft(one.state, one.number)
        one.state, one.refused_by, one.refused_at, one.refusal = state, by, timezone.now(), why
    Batch.objects.bulk_update(fresh, ["state", "refused_by", "refused_at", "refusal"])
    if fresh:
        record(
            f"enrolment.{_VERBS[state]}_batches",
            f"{len(fresh)} batch",
            by=by,
            batches=[one.number for one in fresh[:20]],
            people=sum(one.people for one in fresh),
            iuran_idr=sum(one.iuran_idr for one in fresh),
            alasan=why,
        )
    return found


_VERBS = {"refused": "refuse", "withdrawn": "withdraw"}
_STANDS = {
    "approved": "sudah disetujui",
    "refused": "sudah ditolak",
    "withdrawn": "sudah ditarik",
}


def _still_draft(state: str, number: str) -> None:
    if state != "draft":
        raise refuse(
            "bukan-rancangan",
            f"{number} {_STANDS[state]}, bukan rancangan lagi.",
            "Yang sudah disetujui diubah lewat mutasi, bukan ditolak.",
        )
