"""Whether the database is one that its promises can rest on, and the keys lie where only we read them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from jaring.facts.reason import Reason
from jaring.tables.home import home
from jaring.tables.server import WHOLE

#: First releases without the holes that let a query read or write past row-level security
#: (CVE-2026-120154 and CVE-2026-16237).
_SOUND = {14: 25, 15: 20, 16: 16, 17: 12, 18: 7}
_OF_OTHERS = 0o077
#: What a month of a whole regency may need, files and tables together.
_ROOM = 3_000_000_000


def findings() -> list[Reason]:
    """What is wrong or doubtful; an empty list when nothing is."""
    with connection.cursor() as cursor:
        return [*_roles(cursor), *_server(cursor), *_keys(), *_left(), *_room()]


def _roles(cursor: Any) -> Iterator[Reason]:
    # The role that signed in, not the one that it has taken on for this job.
    cursor.execute(
        """SELECT rolsuper, rolbypassrls,
                  EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = session_user),
                  pg_has_role(session_user, %s, 'USAGE'), pg_has_role(session_user, %s, 'MEMBER')
             FROM pg_roles WHERE rolname = session_user""",
        [WHOLE, WHOLE],
    )
    superuser, bypasses, owner, inherits, member = cursor.fetchone()
    if superuser or bypasses or owner:
        what = "adalah superuser" if superuser else "memiliki BYPASSRLS" if bypasses else "memiliki tabel"
        yield Reason(
            "peran-terlalu-kuat",
            "error",
            f"Peran aplikasi di PostgreSQL {what}, jadi lolos dari pembatas baris.",
            "Buat peran tersendiri untuk DATABASE_URL dan sebut pemiliknya di DATABASE_OWNER_URL.",
        )
    elif inherits:
        yield Reason(
            "peran-mewarisi",
            "error",
            f"Peran aplikasi mewarisi {WHOLE}, jadi setiap permintaan melihat setiap orang.",
            f"Jalankan: GRANT {WHOLE} TO peran aplikasi WITH INHERIT FALSE, SET TRUE.",
        )
    elif not member:
        yield Reason(
            "peran-tidak-dapat-diambil",
            "error",
            f"Peran aplikasi tidak boleh mengambil peran {WHOLE}; pekerjaan seluruh kabupaten gagal.",
            f"Jalankan: GRANT {WHOLE} TO peran aplikasi WITH INHERIT FALSE, SET TRUE.",
        )


def _server(cursor: Any) -> Iterator[Reason]:
    cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('data_checksums')")
    version, checksums = cursor.fetchone()
    if has_holes(version):
        major, minor = divmod(version, 10000)
        yield Reason(
            "postgres-berlubang",
            "warning",
            f"PostgreSQL {major}.{minor} mengenal celah yang melewati pembatas baris.",
            f"Pakai {major}.{_SOUND.get(major, 0)} atau yang lebih baru bila tersedia.",
        )
    if checksums != "on":
        yield Reason(
            "tanpa-checksum",
            "warning",
            "Basis data dibuat tanpa data checksum; kerusakan cakram tidak ketahuan.",
            "Jalankan pg_checksums --enable saat server berhenti.",
        )


def has_holes(version: int) -> bool:
    """Whether a server of that number lets a query past row-level security. Older than known: yes."""
    major, minor = divmod(version, 10000)
    return minor < _SOUND.get(major, 0 if major > max(_SOUND) else 10000)


def _keys() -> Iterator[Reason]:
    given = os.environ.get("JARING_KEYS")
    keys = Path(given) if given else home() / "keys"
    files = [*sorted(keys.glob("*")), home() / "secret_key"]
    for path in files:
        if path.is_file() and path.stat().st_mode & _OF_OTHERS:
            yield Reason(
                "kunci-terbuka",
                "error",
                f"Berkas kunci {path.name} dapat dibaca pemakai lain di komputer ini.",
                f"Jalankan: chmod go= {path}",
            )


def _room() -> Iterator[Reason]:
    free = shutil.disk_usage(home()).free
    if free < _ROOM:
        yield Reason(
            "cakram-hampir-penuh",
            "warning",
            f"Sisa cakram untuk {home()} {free / 1e9:.1f} GB; sebulan sekabupaten dapat memerlukan 3 GB.",
            "Kosongkan tempat di cakram itu, atau pindahkan JARING_HOME ke cakram yang lebih lega.",
        )


def _left() -> Iterator[Reason]:
    """Files with NIKs in the clear, as the site itself once wrote them here and a command still may."""
    old = home() / "keluar"
    if any(path.is_file() for path in old.rglob("*")):
        yield Reason(
            "berkas-lama-terbuka",
            "warning",
            f"{old} berisi berkas yang dapat memuat NIK tanpa sandi.",
            "Pindahkan yang masih diperlukan ke tempat aman, lalu hapus foldernya; situs tidak memakainya.",
        )
