"""Ready accounts for the demo: one for each role, in a home that is marked as invented and nowhere else."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import time
from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from jaring.facts.reason import refuse
from jaring.facts.region import region
from jaring.officers.actions import assign, make_officer
from jaring.officers.models import Officer
from jaring.officers.passwords import LETTERS, needs_second_factor
from jaring.tables.home import home

#: Username, person, office, role, kinds of list. The villages' operators follow from the region.
_PEOPLE = (
    ("disnaker", "Pengolah Disnakertrans", "disnakertrans", "disnakertrans", ()),
    ("kadis", "Kepala Disnakertrans", "disnakertrans", "penyetuju", ()),
    ("sekda", "Sekretaris Daerah", "sekretariat", "penyetuju", ()),
    ("dpmd", "Petugas DPMD", "dpmd", "dpmd", ()),
    ("bpkad", "Petugas BPKAD", "bpkad", "bpkad", ()),
    ("pertanian", "Petugas Dinas Pertanian", "pertanian", "dinas", ("petani",)),
    ("koperasi", "Petugas Dinas Koperasi", "koperasi", "dinas", ("umkm", "hibah")),
    ("kesra", "Petugas Bagian Kesra", "kesra", "dinas", ("keagamaan",)),
    ("pmi", "Petugas urusan PMI", "disnakertrans", "dinas", ("pmi",)),
    ("bpjs", "Petugas kantor cabang BPJS", "bpjs", "bpjs", ()),
    ("bupati", "Bupati (pembaca)", "sekretariat", "pimpinan", ()),
    ("inspektorat", "Petugas Inspektorat", "inspektorat", "pengawas", ()),
    ("admin", "Admin akun", "diskominfo", "admin_akun", ()),
)
_YEAR = datetime.timedelta(days=365)
#: The head approves up to here, the Sekda without an end; an invented sum, as the demo's sums are.
_LIMITS = {"kadis": 1_000_000_000}


@dataclass(frozen=True)
class Ready:
    """An account as it is printed."""

    username: str
    role: str
    place: str
    password: str
    second_factor: bool


def _only_here() -> None:
    if not (home() / "REKAAN").exists():
        raise refuse(
            "bukan-peragaan",
            "Akun siap pakai hanya dibuat di tempat peragaan, yang semua orangnya rekaan.",
            "Buat peragaan dengan `jaring demo`, atau akun sungguhan dengan `jaring officers add`.",
        )


def _derived(purpose: str, username: str) -> bytes:
    """The same for the same home, so that the accounts can be printed again without being changed."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"{purpose}:{username}".encode(), hashlib.sha256)


def _password(username: str) -> str:
    letters = [LETTERS[byte % len(LETTERS)] for byte in _derived("sandi", username)[:16]]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def _secret(username: str) -> str:
    return base64.b32encode(_derived("faktor", username)[:20]).decode()


@transaction.atomic
def demo_accounts(*, by: str) -> list[Ready]:
    """Make what is missing and say what there is. Run again, it changes nothing."""
    _only_here()
    today = timezone.localdate()
    first, neighbour = region(settings.REGION).units.filter(kind="desa").head(2).iter_rows(named=True)
    villages = tuple(
        (f"desa.{n}", f"Operator {unit['name']}", f"desa {unit['code']}", "operator_desa", (), unit)
        for n, unit in enumerate((first, neighbour), start=1)
    )
    ready = []
    for username, name, office, role, kinds, unit in (*((*person, None) for person in _PEOPLE), *villages):
        officer = Officer.objects.filter(username=username).first()
        if officer is None:
            officer, _ = make_officer(username, name, office, by=by, password=_password(username))
            territory = (unit["code"],) if unit else ()
            assign(
                officer,
                role,
                by=by,
                date_from=today - _YEAR,
                date_to=today + _YEAR,
                territory=territory,
                kinds=kinds,
                limit_idr=_LIMITS.get(username),
            )
            if needs_second_factor(officer):
                TOTP.activate(officer, _secret(username))
        place = f"{unit['name']}, {unit['kecamatan']}" if unit else ""
        ready.append(Ready(username, role, place, _password(username), needs_second_factor(officer)))
    return ready


def enter(request: HttpRequest, username: str) -> None:
    """Open a session of a demo account at one press. Only here, and only from this very machine."""
    _only_here()
    known = {name for name, *_ in _PEOPLE} | {f"desa.{n}" for n in (1, 2)}
    officer = Officer.objects.filter(username=username, is_active=True).first()
    if request.META.get("REMOTE_ADDR") not in {"127.0.0.1", "::1"} or username not in known or not officer:
        raise refuse("tanpa-pintu", "Akun peragaan ini tidak dapat dibuka dari sini.", "Masuk lewat /masuk/.")
    login(request, officer, "allauth.account.auth_backends.AuthenticationBackend")
    record_authentication(request, officer, "password")
    if needs_second_factor(officer):
        record_authentication(request, officer, "mfa")


def demo_code(username: str) -> str:
    """What the telephone of a demo account would show now."""
    _only_here()
    officer = Officer.objects.filter(username=username).first()
    if (
        officer is None
        or not Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).exists()
    ):
        raise refuse("tanpa-faktor", f"Akun {username} tidak ada atau tidak memakai faktor kedua.")
    return format_hotp_value(hotp_value(_secret(username), int(time.time()) // 30))
