"""Rows get their numbers from PostgreSQL; their problems must find them whatever the numbers are."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from tests.unit.rosters.samples import nik, text

from jaring.rosters import actions
from jaring.rosters.models import Problem, Row


@pytest.mark.parametrize("step", [1, 3])
def test_problems_find_their_rows_although_others_take_numbers_between(
    tmp_path: Path, own_database: str, step: int
) -> None:
    with psycopg.connect(own_database.replace("jaring_app@", "jaring_owner@"), autocommit=True) as owner:
        # As when another list is stored at the same time.
        owner.execute(f"ALTER SEQUENCE rosters_row_id_seq INCREMENT BY {step}")
    rows = [["NAMA", "NIK", "DESA"], *(["WARGA", nik(n) if n % 2 else "52030", "Suela"] for n in range(6))]
    actions.receive(text(tmp_path / "a.csv", rows), office="Dinas Pertanian", by="ani")
    ids = list(Row.objects.order_by("row_no").values_list("pk", flat=True))
    assert ids[-1] - ids[0] == 5 * step
    found = Problem.objects.order_by("row_no").values_list("row__row_no", "row_no", "row_id")
    assert list(found) == [(no, no, ids[no - 2]) for no in (2, 4, 6)]
