"""Rows of lists in the database, so that links have something to point at."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from django.utils import timezone

from jaring.people import prepare
from jaring.rosters.models import Roster, Row
from jaring.tables.frames import copy_in, read

Store = Callable[[pl.DataFrame], pl.DataFrame]
RowsOf = Callable[..., pl.DataFrame]


@pytest.fixture
def store() -> Store:
    """Keep a frame's rows as one accepted roster; the frame comes back with their ids as ``row_id``."""

    def keep(frame: pl.DataFrame) -> pl.DataFrame:
        number = Roster.objects.count()
        roster = Roster.objects.create(
            sha256=f"{number:064d}",
            file_name="daftar.xlsx",
            office="Dinas Uji",
            kind="umum",
            received_at=timezone.now(),
            by="penguji",
            rows_in=frame.height,
            accepted=frame.height,
            quarantined=0,
        )
        rows = frame.select(
            pl.lit(roster.pk).alias("roster_id"),
            pl.lit("Lembar1").alias("sheet"),
            pl.int_range(1, pl.len() + 1).alias("row_no"),
            pl.lit(True).alias("accepted"),
            pl.lit("ok").alias("nik_state"),
            "name",
        )
        copy_in(rows, Row)
        ids = read("SELECT id FROM rosters_row WHERE roster_id = %s ORDER BY row_no", [roster.pk])["id"]
        return frame.with_columns(ids.alias("row_id"))

    return keep


@pytest.fixture(scope="session")
def rows_of() -> RowsOf:
    """A frame for linking from a few dicts; row ids count from 1."""

    def made(*rows: dict[str, object]) -> pl.DataFrame:
        numbered = [{"row_id": n, **row} for n, row in enumerate(rows, 1)]
        return prepare.complete(pl.DataFrame(numbered, infer_schema_length=None)).drop("person_id")

    return made
