"""Bringing the tables up to date, as the owner, with rights handed to the application's role."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections
from psycopg import sql


def up_to_date() -> None:
    """Apply what is missing. Safe to call at every start; a second caller waits for the first."""
    owner = connections["owner"]
    app = connections["default"].settings_dict["USER"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(504001)")
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] != app:
            hand_over(cursor, app)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    with owner.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        # The right came with version 17; before it autovacuum tells the planner, later.
        if cursor.fetchone()[0] >= 170000 and owner.settings_dict["USER"] != app:
            # A bulk load must be able to tell the planner of itself at once.
            role = sql.Identifier(app)
            cursor.execute(sql.SQL("GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {}").format(role))
    owner.close()


def hand_over(cursor: object, app: str) -> None:
    """What the owner makes from now on the application may read and write, never change in shape."""
    role = sql.Identifier(app)
    for line in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    ):
        cursor.execute(sql.SQL(line).format(role))  # type: ignore[attr-defined]
