"""What the doctor finds: each fault made for real, and gone when it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from jaring.officers.health import findings
from jaring.tables.health import has_holes
from jaring.tables.home import home
from jaring.tables.secrets import encrypt


def _codes() -> set[str]:
    # The server of the wheel is what it is; which releases have holes is looked at apart.
    return {finding.code for finding in findings()} - {"postgres-berlubang"}


@pytest.fixture
def above(db: None) -> Iterator[Callable[[str], Any]]:
    """What only the server's superuser may do, in a connection of its own."""
    settings = connections["default"].settings_dict
    address = f"postgresql://postgres@/{settings['NAME']}?host={settings['HOST']}"
    with psycopg.connect(address, autocommit=True) as link:
        yield link.execute


@pytest.mark.parametrize(
    ("fault", "mended", "code"),
    [
        (
            "GRANT jaring_whole TO jaring_app WITH INHERIT TRUE",
            "GRANT jaring_whole TO jaring_app WITH INHERIT FALSE",
            "peran-mewarisi",
        ),
        (
            "REVOKE jaring_whole FROM jaring_app",
            "GRANT jaring_whole TO jaring_app WITH INHERIT FALSE, SET TRUE",
            "peran-tidak-dapat-diambil",
        ),
        ("ALTER ROLE jaring_app BYPASSRLS", "ALTER ROLE jaring_app NOBYPASSRLS", "peran-terlalu-kuat"),
        ("ALTER ROLE jaring_app SUPERUSER", "ALTER ROLE jaring_app NOSUPERUSER", "peran-terlalu-kuat"),
        (
            "CREATE TABLE stray (id int); ALTER TABLE stray OWNER TO jaring_owner",
            "DROP TABLE stray",
            "tabel-tanpa-pembatas",
        ),
        (
            "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE people_person ENABLE ROW LEVEL SECURITY",
            "tabel-tanpa-pembatas",
        ),
    ],
)
def test_a_fault_of_the_database_is_found(
    fault: str, mended: str, code: str, above: Callable[[str], Any]
) -> None:
    assert _codes() == set()
    above(fault)
    try:
        assert code in _codes()
    finally:
        above(mended)
    assert _codes() == set()


@pytest.mark.parametrize(
    ("version", "holes"),
    [
        (180004, True),
        (180006, True),
        (180007, False),
        (140024, True),
        (140025, False),
        (130099, True),
        (190000, False),
    ],
)
def test_releases_with_known_holes_are_named(version: int, holes: bool) -> None:
    assert has_holes(version) is holes


@pytest.mark.django_db
def test_a_key_that_others_may_read_is_found() -> None:
    encrypt("ada", "uji")  # makes the key
    key = next((home() / "keys").glob("enc.*"))
    assert _codes() == set()
    key.chmod(0o440)
    try:
        assert _codes() == {"kunci-terbuka"}
        found = next(finding for finding in findings() if finding.code == "kunci-terbuka")
        assert key.name in found.sentence
    finally:
        key.chmod(0o400)
    assert _codes() == set()


@pytest.mark.django_db
def test_files_that_lie_in_the_clear_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jaring.tables.health.home", lambda: tmp_path)
    (tmp_path / "keluar" / "kirim").mkdir(parents=True)
    assert "berkas-lama-terbuka" not in {one.code for one in findings()}
    (tmp_path / "keluar" / "kirim" / "batch.xlsx").write_bytes(b"PK")
    assert "berkas-lama-terbuka" in {one.code for one in findings()}
