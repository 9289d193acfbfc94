"""The only writer of pauses: somebody holds a person back from every batch, and somebody lets them go."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment.models import Pause
from jaring.enrolment.pausing import REASON
from jaring.facts.month import Month
from jaring.facts.reason import refuse, stated
from jaring.journal.actions import record
from jaring.people.models import Person


@transaction.atomic
def pause(person_id: int, from_month: Month, reason: str, *, by: str) -> Pause:
    """Hold one person back from ``from_month`` on. The same pause again changes nothing.

    No decree, batch, answer, follow-up or replacement takes them until ``resume``; months decreed from
    then on carry the reason. What the insurer was told already stays, and the next batch of a month ends
    it there (HENTI), since it would bill a month that nobody may pay.
    """
    why = stated(reason, what="alasan menahan")
    person = Person.objects.select_for_update().filter(pk=person_id, merged_into__isnull=True).first()
    if person is None:
        raise refuse("orang-tidak-ada", "Orang ini tidak ada dalam register.", "Cari lagi orangnya.")
    known = Pause.objects.filter(person_id=person_id, resumed_at__isnull=True).first()
    if known is not None:
        if known.from_month == from_month.first:
            return known
        raise refuse(
            "sudah-ditahan",
            f"Orang ini sudah ditahan sejak {Month.of(known.from_month).name}.",
            "Lepas penahanan yang ada lebih dahulu, lalu tahan lagi dari bulan yang benar.",
        )
    made = Pause.objects.create(person_id=person_id, from_month=from_month.first, reason=why, by=by)
    marked = _mark(person_id, from_month, REASON)
    record(
        "enrolment.pause",
        str(person.public_id),
        by=by,
        mulai=str(from_month),
        alasan=why,
        bulan_ditandai=marked,
    )
    return made


@transaction.atomic
def resume(pause_id: int, reason: str, *, by: str) -> Pause:
    """Let a person go again: from the next batch on they are taken like anyone. Again changes nothing."""
    why = stated(reason, what="alasan melepas")
    held = Pause.objects.select_for_update().filter(pk=pause_id).first()
    if held is None:
        raise refuse("penahanan-tidak-ada", f"Penahanan nomor {pause_id} tidak ada.", "Lihat daftarnya.")
    if held.resumed_at is not None:
        return held
    held.resumed_by, held.resumed_at, held.resumed_reason = by, timezone.now(), why
    held.save(update_fields=["resumed_by", "resumed_at", "resumed_reason"])
    marked = _mark(held.person_id, Month.of(held.from_month), "")
    public_id = Person.objects.values_list("public_id", flat=True).get(pk=held.person_id)
    record("enrolment.resume", str(public_id), by=by, alasan=why, bulan_ditandai=marked)
    return held


def _mark(person_id: int, since: Month, reason: str) -> int:
    """Say on the decreed months why no batch takes them, or take the word away."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_personmonth SET reason = %s
                WHERE person_id = %s AND month >= %s AND state = 'decreed' AND reason = %s""",
            [reason, person_id, since.first, "" if reason else REASON],
        )
        return int(cursor.rowcount)
