"""A load that doubles a table makes its indexes at the end; broken off, they are as they were."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import polars as pl
import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.utils import ProgrammingError

from jaring.tables.frames import copy_in_table, indexes_aside, read

ROWS = 6_000
TABLE = "people_person"


def _people(first: int, rows: int = ROWS) -> pl.DataFrame:
    number = pl.int_range(first, first + rows, eager=True).alias("n")
    return pl.DataFrame(number).select(
        public_id=pl.format("00000000-0000-4000-8000-{}", pl.col("n").cast(pl.String).str.zfill(12)),
        first_seen=pl.lit(datetime(2026, 4, 1, tzinfo=UTC).isoformat()),
        name=pl.format("ORANG {}", "n"),
    )


def _shape() -> list[tuple[str, str | None]]:
    """Every index of the table as it is defined, with its constraint."""
    found = read(
        """SELECT pg_get_indexdef(i.indexrelid) AS index, pg_get_constraintdef(c.oid) AS said
             FROM pg_index i
             LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
            WHERE i.indrelid = %s::regclass ORDER BY 1""",
        [TABLE],
    )
    return list(found.iter_rows())


def test_a_first_load_finds_its_indexes_again_and_every_row_by_them(own_database: str) -> None:
    # What other tests rolled back still takes up room, also in a copy, and a full table is not set aside.
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE} CASCADE")
    before = _shape()
    with transaction.atomic():
        with indexes_aside(TABLE, ROWS):
            within = _shape()
        assert len(within) < len(before)
        assert _shape() == before
        assert copy_in_table(_people(0), TABLE) == ROWS
    assert _shape() == before
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        one = read(
            "SELECT name FROM people_person WHERE public_id = %s", ["00000000-0000-4000-8000-000000000077"]
        )
    assert one["name"].to_list() == ["ORANG 77"]


@pytest.mark.django_db
def test_a_small_addition_leaves_the_indexes_alone() -> None:
    copy_in_table(_people(0, 2 * ROWS), TABLE)
    before = _shape()
    with indexes_aside(TABLE, ROWS):
        assert _shape() == before


@pytest.mark.django_db
def test_a_row_that_is_there_twice_is_refused_and_nothing_is_stored() -> None:
    before = _shape()
    twice = pl.concat([_people(0), _people(17, 1)])
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in_table(twice, TABLE)
    assert _shape() == before
    assert read("SELECT id FROM people_person").height == 0


@pytest.mark.django_db
def test_the_application_cannot_say_what_is_run_as_the_owner() -> None:
    line = f"INSERT INTO tables_indexes_aside VALUES ('{TABLE}'::regclass, 1, 'SELECT 1')"
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(line)


def test_whoever_reads_the_table_is_not_disturbed(own_database: str) -> None:
    """Given a reader within a transaction, when a first load comes, then it takes the ordinary way."""
    before = _shape()
    reading, done = threading.Event(), threading.Event()

    def read_on() -> None:
        try:
            with transaction.atomic():
                read("SELECT id FROM people_person LIMIT 1")
                reading.set()
                done.wait(20)
        finally:
            connection.close()

    reader = threading.Thread(target=read_on)
    reader.start()
    assert reading.wait(20)
    try:
        with transaction.atomic():
            with indexes_aside(TABLE, ROWS):
                assert _shape() == before
            assert copy_in_table(_people(0), TABLE) == ROWS
    finally:
        done.set()
        reader.join()
    assert read("SELECT count(*) AS n FROM people_person")["n"].item() == ROWS
