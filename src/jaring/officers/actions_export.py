"""The only writer of exports: a list of people leaves with a reason, and a long one with two people."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from jaring.facts.reason import refuse as refusal
from jaring.facts.reason import stated
from jaring.facts.rupiah import dotted
from jaring.journal.actions import record
from jaring.officers import handout
from jaring.officers.approving import other_person
from jaring.officers.models import ALONE, Export
from jaring.officers.scope import current

#: What was approved is taken out soon, or asked for again: the list behind it changes.
VALID = datetime.timedelta(days=7)
#: How a list was chosen is codes, months and states; these would say who.
_PERSONAL = frozenset({"nik", "kk", "nama", "name", "q", "cari", "telepon", "phone", "ibu", "mother"})


@transaction.atomic
def ask(kind: str, parameters: Mapping[str, Any], people: int, reason: str, *, by: str) -> Export:
    """Ask for a list. Approved at once while its asker stays within ``ALONE`` people of the day.

    The people of the day are counted together, so that a long list in parts is a long list. The same
    question asked again while it waits, or before its list was made, is the same question.
    """
    why = stated(reason, what="alasan unduhan")
    chosen = dict(parameters)
    _impersonal(chosen)
    if people < 1:
        raise refusal("unduhan-kosong", "Tidak ada orang dalam daftar ini.", "Ubah saringannya.")
    with connection.cursor() as cursor:
        # Of two questions at the limit one is counted before the other is answered.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('officers.export'), hashtext(%s))", [by])
    now = timezone.now()
    same = Export.objects.filter(
        asked_by=by, kind=kind[:40], parameters=chosen, state__in=["asked", "approved"]
    )
    known = same.filter(people=people, reason=why, asked_at__gte=now - VALID).first()
    if known is not None:
        return known
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    alone = Export.objects.filter(
        asked_by=by, asked_at__gte=midnight, decided_by="", state__in=["approved", "made"]
    ).aggregate(people=Sum("people"))
    enough = people + (alone["people"] or 0) <= ALONE
    made = Export.objects.create(
        kind=kind[:40],
        parameters=chosen,
        people=people,
        reason=why,
        state="approved" if enough else "asked",
        asked_by=by,
        asked_at=now,
        decided_at=now if enough else None,
    )
    record(
        "officers.ask_export", str(made.pk), by=by, jenis=made.kind, orang=people, alasan=why, sendiri=enough
    )
    return made


@transaction.atomic
def approve(export: Export | int, *, by: str) -> Export:
    """A second person lets the list go. Approved again by anyone, nothing changes."""
    held = _decidable(export, by)
    if held.state in {"approved", "made"}:
        return held
    _still_asked(held)
    held.state, held.decided_by, held.decided_at = "approved", by, timezone.now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    record("officers.approve_export", str(held.pk), by=by, diminta_oleh=held.asked_by, orang=held.people)
    return held


@transaction.atomic
def refuse(export: Export | int, reason: str, *, by: str) -> Export:
    """A second person keeps the list, and says why."""
    why = stated(reason)
    held = _decidable(export, by)
    if held.state == "refused":
        return held
    _still_asked(held)
    held.state, held.decided_by, held.decided_at, held.refusal = "refused", by, timezone.now(), why
    held.save(update_fields=["state", "decided_by", "decided_at", "refusal"])
    record("officers.refuse_export", str(held.pk), by=by, diminta_oleh=held.asked_by, alasan=why)
    return held


@transaction.atomic
def made(export: Export | int, sha256: str, *, by: str, people: int | None = None) -> Export:
    """The file was made: only for its asker, within its days, with no more people than were approved.

    Made again with the same content changes nothing; other content is another list.
    """
    held = _held(export)
    if held.asked_by != by:
        raise refusal("unduhan-orang-lain", "Unduhan ini diminta petugas lain.", "Ajukan unduhan sendiri.")
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError("sha256 in 64 hexadecimal digits")
    if held.state == "made" and held.sha256 == sha256:
        return held
    stale = held.asked_at < timezone.now() - VALID or (people is not None and people > held.people)
    if held.state == "made" or (held.state == "approved" and stale):
        raise refusal(
            "unduhan-berubah",
            "Isi daftar atau waktunya tidak lagi seperti yang disetujui.",
            "Ajukan unduhan baru untuk keadaan sekarang.",
        )
    if held.state != "approved":
        raise refusal(
            "unduhan-belum-disetujui",
            f"Unduhan nomor {held.pk} {STATES[held.state]}.",
            "Tunggu keputusan orang kedua, atau ajukan dengan alasan yang lebih jelas.",
        )
    held.state, held.sha256, held.made_at = "made", sha256, timezone.now()
    held.save(update_fields=["state", "sha256", "made_at"])
    record("officers.made_export", str(held.pk), by=by, sha256=sha256, orang=held.people)
    return held


@transaction.atomic
def take(export: Export | int, *, by: str) -> bytes:
    """The file, for its asker alone; that it was taken stands in the journal each time."""
    held = _held(export)
    if held.asked_by != by:
        raise refusal("unduhan-orang-lain", "Unduhan ini diminta petugas lain.", "Ajukan unduhan sendiri.")
    if held.state != "made" or not handout.is_kept(held.pk):
        raise refusal(
            "unduhan-tidak-disimpan",
            f"Berkas unduhan nomor {held.pk} belum dibuat, atau sudah dihapus.",
            "Lihat keadaannya di halaman unduhan; bila sudah dihapus, ajukan unduhan baru.",
        )
    record("officers.take_export", str(held.pk), by=by, sha256=held.sha256, orang=held.people)
    return handout.kept(held.pk)


@transaction.atomic
def purge(*, by: str) -> int:
    """Delete the files whose days are over, of exports that this database knows. How many."""
    until = timezone.now() - handout.KEPT
    over = Export.objects.filter(pk__in=handout.all_kept()).exclude(
        Q(state="approved") | Q(state="made", made_at__gte=until)
    )
    gone = [number for number in over.order_by("pk").values_list("pk", flat=True) if handout.drop(number)]
    if gone:
        record("officers.purge_exports", f"{len(gone)} unduhan", by=by, nomor=gone)
    return len(gone)


#: What people call the state of an export.
STATES = {
    "asked": "menunggu orang kedua",
    "approved": "disetujui",
    "refused": "ditolak",
    "made": "sudah dibuat",
}


def watermark(export: Export) -> str:
    """Who, when, which number and why: for the page's foot and a line that everyone sees."""
    when = timezone.localtime(export.asked_at)
    second = f", disetujui {export.decided_by}" if export.decided_by else ""
    return (
        f"Unduhan nomor {export.pk}: {dotted(export.people)} orang, diminta {export.asked_by} "
        f"{when:%d-%m-%Y %H.%M}{second}. Alasan: {export.reason}. Memuat data pribadi, jangan disebarkan."
    )


def _impersonal(chosen: Mapping[str, Any]) -> None:
    """Refuse a choice that names a person, or holds a number as long as a NIK, at any depth."""
    named = _PERSONAL & {key.casefold() for key, _ in _flat(chosen)}
    if named or any(re.search(r"\d{9}", str(value)) for _, value in _flat(chosen)):
        raise refusal(
            "saringan-pribadi",
            "Unduhan daftar tidak disaring dengan nama atau nomor seseorang.",
            "Saring menurut wilayah, bulan, atau keadaan.",
        )


def _flat(chosen: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in chosen.items():
        if isinstance(value, Mapping):
            yield from _flat(value)
        else:
            yield key, value


def _held(export: Export | int) -> Export:
    pk = export if isinstance(export, int) else export.pk
    held = Export.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        raise refusal("unduhan-tidak-ada", f"Unduhan nomor {pk} tidak ada.", "Lihat daftar unduhan.")
    return held


def _decidable(export: Export | int, by: str) -> Export:
    current().require("export.approve")
    held = _held(export)
    other_person(held.asked_by, by, f"Unduhan nomor {held.pk}")
    return held


def _still_asked(held: Export) -> None:
    if held.state != "asked":
        raise refusal(
            "unduhan-sudah-diputuskan",
            f"Unduhan nomor {held.pk} {STATES[held.state]}.",
            "Lihat daftar unduhan yang menunggu.",
        )
