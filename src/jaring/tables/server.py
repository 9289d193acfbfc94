"""The PostgreSQL that the tables live in: embedded from a wheel, or a server named by DATABASE_URL.

Four roles: the owner makes and changes tables; the application reads and writes rows and owns
nothing (an owner or superuser walks past row-level security); the whole regency is a role that no one
signs in as and that the application takes on for work on everybody; the superuser only sets these up.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from psycopg import sql

from jaring.tables.embedded import start
from jaring.tables.home import home

OWNER = "jaring_owner"
APP = "jaring_app"
#: Fixed, unlike the others on an office's own server: the policies of the tables name it.
WHOLE = "jaring_whole"
DATABASE = "jaring"


def from_url(url: str) -> dict[str, Any]:
    """Django's settings for ``postgresql://user:password@host:port/name?host=/socket/folder``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"DATABASE_URL harus diawali postgresql:// (yang diterima: {parts.scheme}://)")
    query = parse_qs(parts.query)
    return {
        "NAME": unquote(parts.path.lstrip("/")) or DATABASE,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
    }


def _prepare(url: str) -> None:
    """Make roles and database once; each step looks before it acts, so a killed start goes on."""
    with psycopg.connect(url, autocommit=True) as link:
        # Two first starts at once must not both create.
        link.execute("SELECT pg_advisory_lock(504000)")
        roles = {row[0] for row in link.execute("SELECT rolname FROM pg_roles")}
        for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN"), (WHOLE, "NOLOGIN")):
            if role not in roles:
                link.execute(sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(role)))
        # Its policies let every row pass as it is; with this, COPY needs no table in between as well.
        link.execute(sql.SQL("ALTER ROLE {} BYPASSRLS").format(sql.Identifier(WHOLE)))
        link.execute(taken_on(APP))
        # Its journal of faults quotes neither rows nor what was asked of them.
        link.execute("ALTER SYSTEM SET log_error_verbosity = terse")
        link.execute("ALTER SYSTEM SET log_min_error_statement = panic")
        link.execute("SELECT pg_reload_conf()")
        names = {row[0] for row in link.execute("SELECT datname FROM pg_database")}
        if DATABASE not in names:
            link.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def taken_on(app: str, version: int = 160_000) -> sql.Composed:
    """The application may become the whole regency by saying so, and is not it before.

    Without ``INHERIT FALSE`` it would see every row at all times.
    """
    if version >= 160_000:
        line = "GRANT {whole} TO {app} WITH INHERIT FALSE, SET TRUE"
    else:
        line = "ALTER ROLE {app} NOINHERIT; GRANT {whole} TO {app}"
    return sql.SQL(line).format(whole=sql.Identifier(WHOLE), app=sql.Identifier(app))


def embedded() -> str:
    """Start (or join) the embedded server of JARING_HOME; return its address without a user."""
    data = home() / "postgres"
    server = start(data)
    url = server.get_uri()
    # Counted up when a release brings another role.
    prepared = home() / ".roles-4"
    if not prepared.exists():
        _prepare(url)
        prepared.touch()
    host = parse_qs(urlsplit(url).query).get("host", [""])[0]
    return f"postgresql://{{user}}@/{DATABASE}?host={host}"


def databases() -> dict[str, dict[str, Any]]:
    """``default`` for the application's role, ``owner`` for migrations. DATABASE_URL replaces both.

    With DATABASE_URL, DATABASE_OWNER_URL names the role that may change tables.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        app, owner = from_url(given), from_url(os.environ.get("DATABASE_OWNER_URL", given))
    else:
        address = embedded()
        app, owner = from_url(address.format(user=APP)), from_url(address.format(user=OWNER))
    common = {
        "ENGINE": "django.db.backends.postgresql",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        # A server that was started again leaves each thread a dead connection: asked first, not found out.
        "CONN_HEALTH_CHECKS": True,
    }
    return {"default": {**common, **app}, "owner": {**common, **owner}}


__all__ = ["APP", "DATABASE", "OWNER", "WHOLE", "databases", "embedded", "from_url", "taken_on"]
