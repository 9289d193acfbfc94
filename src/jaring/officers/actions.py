"""The only writer of accounts, roles and opened NIKs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jaring.facts.reason import refuse
from jaring.journal.actions import record
from jaring.officers.approving import sound_limit
from jaring.officers.models import Assignment, Officer, Reveal
from jaring.officers.passwords import first_password
from jaring.officers.roles import ROLES, Reach, compatible
from jaring.officers.scope import desa_of, of

#: NIKs one officer may open in a day.
REVEALS_A_DAY = 50
#: An assignment is renewed by a person, not forgotten.
LONGEST = datetime.timedelta(days=5 * 366)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


@transaction.atomic
def make_officer(
    username: str, name: str, office: str, *, by: str, password: str | None = None
) -> tuple[Officer, str]:
    """A new account and its first password, which opens nothing but the page that replaces it.

    ``password`` is for the demo alone, whose passwords are printed and stay.
    """
    if not _USERNAME.fullmatch(username):
        raise refuse(
            "nama-akun",
            "Nama akun harus 3–60 huruf kecil, angka, titik, garis bawah, atau tanda hubung.",
            "Contoh: operator.lenek",
        )
    if Officer.objects.filter(username=username).exists():
        raise refuse("akun-ada", f"Akun {username} sudah ada.", "Pilih nama akun lain.")
    given = password or first_password()
    officer = Officer(username=username, first_name=name[:150], office=office)
    officer.password_temporary = password is None
    try:
        validate_password(given, officer)
    except ValidationError as error:
        raise refuse("kata-sandi-lemah", " ".join(error.messages)) from error
    officer.set_password(given)
    officer.save()
    record("officers.make", username, by=by, kantor=office)
    return officer, given


@transaction.atomic
def assign(
    officer: Officer,
    role: str,
    *,
    by: str,
    date_from: datetime.date,
    date_to: datetime.date,
    territory: Iterable[str] = (),
    kinds: Iterable[str] = (),
    limit_idr: int | None = None,
) -> Assignment:
    """Give a role for a time. The same assignment given twice is one.

    ``limit_idr``: the largest sum that it approves; None = no limit.
    """
    places, lists = sorted(set(territory)), sorted(set(kinds))
    _sound(officer, role, by, date_from, date_to, places, lists)
    sound_limit(role, limit_idr)
    # Held until the end, so that two admins cannot each give one half of an incompatible pair.
    Officer.objects.select_for_update().get(pk=officer.pk)
    same = {
        "officer": officer,
        "role": role,
        "territory": places,
        "kinds": lists,
        "limit_idr": limit_idr,
    }
    known = Assignment.objects.filter(**same, date_from=date_from, date_to=date_to, ended_by="").first()
    if known:
        return known
    beside = Assignment.objects.filter(officer=officer, date_from__lte=date_to, date_to__gte=date_from)
    for other in beside.exclude(role=role):
        if not compatible(role, other.role):
            raise refuse(
                "peran-bertentangan",
                f"Peran {role} tidak boleh dipegang orang yang sama dengan peran {other.role}.",
                f"Akhiri peran {other.role} lebih dahulu, atau tunjuk orang lain.",
            )
    made = Assignment.objects.create(**same, date_from=date_from, date_to=date_to, by=by)
    record(
        "officers.assign",
        officer.username,
        by=by,
        peran=role,
        wilayah=places,
        jenis=lists,
        batas_idr=limit_idr,
        dari=date_from,
        sampai=date_to,
    )
    return made


def _sound(
    officer: Officer,
    role: str,
    by: str,
    date_from: datetime.date,
    date_to: datetime.date,
    places: list[str],
    lists: list[str],
) -> None:
    """Refuse an assignment that contradicts its role."""
    known = ROLES.get(role)
    if known is None:
        raise refuse("peran-tak-dikenal", f"Peran {role} tidak ada.", "Peran yang ada: " + ", ".join(ROLES))
    if by == officer.username:
        raise refuse("peran-sendiri", "Tidak seorang pun memberi peran kepada dirinya sendiri.")
    if not officer.is_active:
        raise refuse("akun-nonaktif", f"Akun {officer.username} sudah dinonaktifkan.")
    if not date_from <= date_to <= date_from + LONGEST:
        raise refuse("masa-peran", "Masa peran harus punya akhir, paling lama lima tahun sejak awalnya.")
    try:
        desa = desa_of(places)
    except KeyError as unknown:
        raise refuse("wilayah-tak-dikenal", f"Kode wilayah {unknown} tidak ada di kabupaten ini.") from None
    if known.reach is Reach.DESA and set(places) != set(desa):
        raise refuse("wilayah-desa", "Peran desa diberikan untuk desa atau kelurahan, bukan untuk kecamatan.")
    if known.reach is Reach.DESA and not desa:
        raise refuse("wilayah-kosong", "Peran desa harus menyebut desanya.")
    if known.reach in {Reach.BATCHES, Reach.ACCOUNTS} and places:
        raise refuse("wilayah-berlebih", f"Peran {role} tidak mengenal wilayah.")
    if known.reach is Reach.LIST and not lists:
        raise refuse("jenis-kosong", "Peran dinas harus menyebut jenis daftarnya.")
    if not set(lists) <= known.kinds:
        raise refuse(
            "jenis-berlebih", f"Peran {role} tidak mengenal jenis daftar itu.", ", ".join(sorted(known.kinds))
        )


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: str, reason: str) -> None:
    """The role gives nothing from now on, and sessions that hold it end."""
    if assignment.ended_by:
        return
    assignment.date_to = min(assignment.date_to, timezone.localdate() - datetime.timedelta(days=1))
    assignment.ended_by, assignment.ended_reason = by, reason[:200]
    assignment.save(update_fields=["date_to", "ended_by", "ended_reason"])
    _end_sessions(assignment.officer)
    record(
        "officers.end_assignment", assignment.officer.username, by=by, peran=assignment.role, alasan=reason
    )


@transaction.atomic
def disable(officer: Officer, *, by: str, reason: str) -> None:
    """The account opens nothing from the next request on. Its history stays. Never one's own."""
    if by == officer.username:
        raise refuse(
            "akun-sendiri",
            "Akun sendiri tidak dapat dinonaktifkan.",
            "Minta admin akun yang lain melakukannya.",
        )
    Officer.objects.filter(pk=officer.pk).update(is_active=False)
    _end_sessions(officer)
    officer.refresh_from_db()
    record("officers.disable", officer.username, by=by, alasan=reason)


@transaction.atomic
def enable(officer: Officer, *, by: str, reason: str) -> None:
    """The account may sign in again, with the roles whose days have not passed."""
    Officer.objects.filter(pk=officer.pk).update(is_active=True)
    officer.refresh_from_db()
    record("officers.enable", officer.username, by=by, alasan=reason)


@transaction.atomic
def new_password(officer: Officer, *, by: str) -> str:
    """A first password again, for one who forgot; sessions end, the second factor stays."""
    given = first_password()
    officer.set_password(given)
    officer.password_temporary = True
    officer.save(update_fields=["password", "password_temporary"])
    _end_sessions(officer)
    record("officers.new_password", officer.username, by=by)
    return given


@transaction.atomic
def forget_second_factor(officer: Officer, *, by: str, reason: str) -> None:
    """For a lost phone: the next sign-in sets up a new one. Never by its owner alone."""
    if by == officer.username:
        raise refuse("faktor-sendiri", "Faktor kedua dihapus oleh admin akun, bukan oleh pemiliknya.")
    removed, _ = officer.authenticator_set.all().delete()  # type: ignore[attr-defined]
    _end_sessions(officer)
    record("officers.forget_second_factor", officer.username, by=by, alasan=reason, dihapus=removed)


@transaction.atomic
def changed_own_password(officer: Officer, *, by: str) -> None:
    """The officer chose a password of their own."""
    Officer.objects.filter(pk=officer.pk).update(password_temporary=False)
    record("officers.own_password", officer.username, by=by)


@transaction.atomic
def signed_in(officer: Officer, *, by: str) -> None:
    """Someone opened a session."""
    record("officers.sign_in", officer.username, by=by)


def _end_sessions(officer: Officer) -> None:
    Officer.objects.filter(pk=officer.pk).update(session_epoch=F("session_epoch") + 1)


@transaction.atomic
def reveal_nik(
    officer: Officer,
    person_public_id: UUID,
    reason: str,
    *,
    desa_code: str | None,
    nik_of: Callable[[UUID], str | None],
) -> str | None:
    """The NIK of one person, for a reason that stays in the journal; at most fifty a day.

    ``nik_of`` is the register's own reading. A person without a desa is opened by those alone who
    see every desa.
    """
    why = " ".join(reason.split())
    if not 10 <= len(why) <= 200 or re.search(r"\d{6}", why):
        raise refuse(
            "alasan-membuka",
            "Sebut alasan membuka NIK dalam 10–200 karakter, tanpa nomor.",
            "Contoh: mencocokkan KTP yang dibawa ke kantor desa",
        )
    # Held until the end: of two requests at the limit one is counted before the other asks.
    Officer.objects.select_for_update().get(pk=officer.pk)
    day = timezone.localdate()
    of(officer, day).require("nik.reveal", desa_code or "")
    if Reveal.objects.filter(officer=officer, day=day).count() >= REVEALS_A_DAY:
        raise refuse(
            "jatah-membuka",
            f"Jatah membuka {REVEALS_A_DAY} NIK sehari sudah habis.",
            "Lanjutkan besok, atau minta rekan yang berhak.",
        )
    nik = nik_of(person_public_id)
    Reveal.objects.create(officer=officer, person=person_public_id, day=day, at=timezone.now(), reason=why)
    record("officers.reveal_nik", str(person_public_id), by=officer.username, alasan=why)
    return nik
