"""Whether the database is one that its promises can rest on."""

from __future__ import annotations

from django.db import connection

from jaring.facts.reason import Reason

#: First releases without the holes that let a query read or write past row-level security
#: (CVE-2026-120154 and CVE-2026-16237).
_SOUND = {14: 25, 15: 20, 16: 16, 17: 12, 18: 7}


def findings() -> list[Reason]:
    """What is wrong or doubtful; an empty list when nothing is."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT rolsuper, EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public'
                 AND tableowner = current_user) FROM pg_roles WHERE rolname = current_user"""
        )
        superuser, owner = cursor.fetchone()
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('data_checksums')")
        version, checksums = cursor.fetchone()
    if superuser or owner:
        found.append(
            Reason(
                "peran-terlalu-kuat",
                "error",
                "Peran aplikasi di PostgreSQL memiliki tabel atau superuser, jadi lolos dari pembatas baris.",
                "Buat peran tersendiri untuk DATABASE_URL dan sebut pemiliknya di DATABASE_OWNER_URL.",
            )
        )
    major, minor = divmod(version, 10000)
    if minor < _SOUND.get(major, 0 if major > max(_SOUND) else 10000):
        found.append(
            Reason(
                "postgres-berlubang",
                "warning",
                f"PostgreSQL {major}.{minor} mengenal celah yang melewati pembatas baris.",
                f"Pakai {major}.{_SOUND.get(major, 0)} atau yang lebih baru bila tersedia.",
            )
        )
    if checksums != "on":
        found.append(
            Reason(
                "tanpa-checksum",
                "warning",
                "Basis data dibuat tanpa data checksum; kerusakan cakram tidak ketahuan.",
                "Jalankan pg_checksums --enable saat server berhenti.",
            )
        )
    return found
