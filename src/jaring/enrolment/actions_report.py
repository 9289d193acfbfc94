"""The only writer of reports: a village says that somebody died or left, a second person decides."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import polars as pl
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jaring.enrolment import photos
from jaring.enrolment.actions_mutate import KINDS as WORDS
from jaring.enrolment.actions_mutate import mutate
from jaring.enrolment.models import Report
from jaring.facts.reason import refuse as refusal
from jaring.facts.reason import stated
from jaring.journal.actions import record
from jaring.officers.approving import other_person
from jaring.officers.scope import current
from jaring.people.models import Person

#: A report of something longer ago is a case for the office, not for a form.
_OLDEST = dt.timedelta(days=5 * 366)


@transaction.atomic
def report(
    key: UUID,
    person_id: int,
    kind: str,
    event_date: dt.date,
    *,
    by: str,
    note: str = "",
    photo: bytes | None = None,
) -> Report:
    """Take a village's report in. Moves nothing yet.

    ``key`` is made where the form was filled in: sent again it is the same report, and so is the same
    event of the same person told by another. The person must live where the reporter works; the answer
    does not tell whether there is such a person elsewhere.
    """
    person = Person.objects.filter(pk=person_id, merged_into__isnull=True).first()
    desa = (person.desa_code or "") if person else ""
    current().require("mutation.report", desa)
    if person is None:
        raise refusal("orang-tidak-ada", "Orang ini tidak ada dalam register.", "Cari lagi orangnya.")
    word = _sound(kind, event_date)
    said = stated(note, what="keterangan", least=0) if note.strip() else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.report'), hashtext(%s))", [str(key)])
    known = Report.objects.filter(public_id=key).first()
    if known is not None:
        if (known.person_id, known.kind, known.event_date) == (person.pk, word, event_date):
            return known
        raise _key_taken()
    told = Report.objects.filter(person_id=person.pk, kind=word, event_date=event_date)
    standing = told.exclude(state="refused").first()
    if standing is not None:
        return standing
    try:
        with transaction.atomic():
            made = Report.objects.create(
                public_id=key,
                person_id=person.pk,
                desa_code=desa,
                kind=word,
                event_date=event_date,
                note=said,
                photo=photos.keep(photo) if photo else None,
                reported_by=by,
            )
    except IntegrityError as clash:
        # Somebody else's key, or the same event told at the same moment: said alike, so that no key
        # tells what stands in another desa.
        raise _key_taken() from clash
    record("enrolment.report", str(made.public_id), by=by, jenis=word, desa=desa, foto=made.photo is not None)
    return made


@transaction.atomic
def attach(told: Report | UUID, photo: bytes, *, by: str) -> Report:
    """Add the photo of the paper to a report that waits, in place of an earlier one."""
    held = _held(told)
    current().require("mutation.report", held.desa_code)
    _waits(held)
    name = photos.keep(photo)
    if name == held.photo:
        return held
    held.photo = name
    held.save(update_fields=["photo"])
    record("enrolment.attach", str(held.public_id), by=by, foto=name[:12])
    return held


@transaction.atomic
def accept(told: Report | UUID, *, by: str) -> dict[str, int]:
    """Believe a report: the person's months stop with the report as proof. Not by its reporter.

    Again changes nothing. The counts are those of ``mutate``.
    """
    held = _held(told)
    current().require("mutation.decide", held.desa_code)
    other_person(held.reported_by, by, "Laporan ini")
    if held.state == "accepted":
        return {"mutations": 0, "known": 1, "months": 0, "places": 0}
    _waits(held)
    if held.photo is None and not held.note:
        raise refusal(
            "tanpa-bukti",
            "Laporan ini tidak memuat foto maupun keterangan suratnya.",
            "Minta desa mengirim foto suratnya.",
        )
    proof = f"Laporan desa {held.reported_at:%d-%m-%Y}, kode {str(held.public_id)[:8]}"
    if held.photo:
        proof += f", foto {held.photo[:12]}"
    if held.note:
        proof += f": {held.note}"
    frame = pl.DataFrame(
        {
            "person_id": [_stays(held.person_id)],
            "kind": [WORDS[held.kind]],
            "event_date": [held.event_date],
            "proof": [proof[:200]],
        }
    )
    counts = mutate(frame, by=by)
    _decide(held, "accepted", "", by=by)
    record("enrolment.accept_report", str(held.public_id), by=by, dilaporkan_oleh=held.reported_by, **counts)
    return counts


@transaction.atomic
def refuse(told: Report | UUID, reason: str, *, by: str) -> Report:
    """Disbelieve a report, with the reason that its village reads. Again changes nothing."""
    why = stated(reason)
    held = _held(told)
    current().require("mutation.decide", held.desa_code)
    other_person(held.reported_by, by, "Laporan ini")
    if held.state == "refused":
        return held
    _waits(held)
    _decide(held, "refused", why, by=by)
    record(
        "enrolment.refuse_report",
        str(held.public_id),
        by=by,
        dilaporkan_oleh=held.reported_by,
        alasan=why,
    )
    return held


@transaction.atomic
def open_photo(told: Report | UUID, *, by: str) -> bytes:
    """The photo of the paper, for those who may read the people of its desa. The journal knows: such a
    paper shows a NIK."""
    held = _held(told)
    current().require("people.read", held.desa_code)
    if held.photo is None:
        raise refusal("tanpa-foto", "Laporan ini tidak memuat foto.", "Minta desa mengirim fotonya.")
    try:
        picture = photos.kept(held.photo)
    except FileNotFoundError as gone:
        raise refusal(
            "foto-hilang",
            "Foto laporan ini tidak ada lagi di penyimpanan.",
            "Minta pengelola server memulihkannya dari cadangan, atau minta desa mengirim lagi.",
        ) from gone
    record("enrolment.open_photo", str(held.public_id), by=by, foto=held.photo[:12])
    return picture


def _sound(kind: str, event_date: dt.date) -> str:
    word = kind.strip().upper()
    if word not in WORDS:
        raise refusal("jenis-tak-dikenal", f"Jenis laporan harus salah satu dari {', '.join(WORDS)}.")
    today = timezone.localdate()
    if not today - _OLDEST <= event_date <= today:
        raise refusal(
            "tanggal-tak-masuk-akal",
            "Tanggal kejadian tidak boleh sesudah hari ini atau lebih dari lima tahun lalu.",
            "Periksa tanggal pada suratnya.",
        )
    return word


def _key_taken() -> Exception:
    return refusal(
        "laporan-bertabrakan",
        "Laporan ini tidak dapat disimpan: kode atau kejadiannya sudah dipakai laporan lain.",
        "Buka daftar laporan, lalu buat laporan baru bila belum ada.",
    )


def _held(told: Report | UUID) -> Report:
    key = told if isinstance(told, UUID) else told.public_id
    held = Report.objects.select_for_update().filter(public_id=key).first()
    if held is None:
        raise refusal("laporan-tidak-ada", "Laporan ini tidak ada.", "Lihat daftar laporan.")
    return held


def _waits(held: Report) -> None:
    if held.state != "reported":
        stands = "sudah diterima" if held.state == "accepted" else "sudah ditolak"
        raise refusal("laporan-sudah-diputuskan", f"Laporan ini {stands}.", "Lihat daftar laporan.")


def _decide(held: Report, state: str, reason: str, *, by: str) -> None:
    held.state, held.reason, held.decided_by, held.decided_at = state, reason, by, timezone.now()
    held.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def _stays(person_id: int) -> int:
    """The person that this one turned out to be meanwhile."""
    one = person_id
    while (above := Person.objects.values_list("merged_into_id", flat=True).get(pk=one)) is not None:
        one = above
    return one
