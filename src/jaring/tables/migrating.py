"""Bringing the tables up to date, as the owner, with rights handed to those who work on their rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from jaring.facts.reason import refuse
from jaring.tables.routing import as_owner
from jaring.tables.server import WHOLE, taken_on


def up_to_date() -> None:
    """Apply what is missing. Safe to call at every start; a second caller waits for the first."""
    owner = connections["owner"]
    app = connections["default"].settings_dict["USER"]
    if _nothing_missing(app):
        owner.close()
        return
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(504001)")
        _whole_role(cursor, app)
        cursor.execute("SELECT current_user, has_schema_privilege('public', 'CREATE')")
        user, makes_tables = cursor.fetchone()
        others = sorted({app, WHOLE} - {user}) if makes_tables else []
        for role in others:
            hand_over(cursor, role)
    with as_owner():
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    with owner.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        # The right came with version 17; before it autovacuum tells the planner, later.
        if cursor.fetchone()[0] >= 170000:
            for role in others:
                # A bulk load must be able to tell the planner of itself at once.
                given = "GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {}"
                cursor.execute(sql.SQL(given).format(sql.Identifier(role)))
    owner.close()


def _nothing_missing(app: str) -> bool:
    """Whether every migration that lies here was applied and the roles are there. Only names are looked
    at: to load the migrations takes a quarter of a second, at every start of every command."""
    lying = {
        (one.label, file.stem)
        for one in apps.get_app_configs()
        for file in Path(one.path, "migrations").glob("[!_]*.py")
    }
    with connections["owner"].cursor() as cursor:
        # One after the other: PostgreSQL refuses to speak of the membership in a role that is not there.
        for question in (
            sql.SQL("SELECT to_regclass('django_migrations') IS NOT NULL"),
            sql.SQL("SELECT count(*) = 2 FROM pg_roles WHERE rolname IN ({app}, {whole})"),
            sql.SQL("SELECT pg_has_role({app}, {whole}, 'MEMBER')"),
        ):
            cursor.execute(question.format(app=sql.Literal(app), whole=sql.Literal(WHOLE)))
            if not cursor.fetchone()[0]:
                return False
        cursor.execute("SELECT app, name FROM django_migrations")
        return lying <= set(cursor.fetchall())


def hand_over(cursor: Any, role: str) -> None:
    """What the owner makes from now on ``role`` may read and write, never change in shape."""
    for line in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    ):
        cursor.execute(sql.SQL(line).format(sql.Identifier(role)))


def _whole_role(cursor: Any, app: str) -> None:
    """The role for work on everybody: there on the embedded server, on another one made or asked for."""
    cursor.execute(
        """SELECT (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user),
                  EXISTS (SELECT FROM pg_roles WHERE rolname = %s),
                  current_setting('server_version_num')::int""",
        [WHOLE],
    )
    may_make, there, version = cursor.fetchone()
    grant = taken_on(app, version)
    if not there and not may_make:
        raise refuse(
            "peran-basisdata",
            f"Peran {WHOLE} belum ada di server basis data ini dan tidak dapat dibuat dari sini.",
            f"Minta pengelola server menjalankan: CREATE ROLE {WHOLE} NOLOGIN; {grant.as_string(None)};",
        )
    if not there:
        cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(WHOLE)))
        cursor.execute(grant)
