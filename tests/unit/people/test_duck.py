"""The engine of the joins reaches nothing outside itself."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from jaring.people import duck


@pytest.mark.parametrize(
    "attempt",
    [
        "COPY (SELECT 1) TO '{file}'",
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('/etc/hostname')",
        "ATTACH '{file}' AS lain",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '90GB'",
        "SET lock_configuration = false",
        "SELECT * FROM rahasia",
    ],
)
def test_an_escape_fails_and_leaves_no_file(attempt: str, tmp_path: Path) -> None:
    file = tmp_path / "keluar.csv"
    rahasia = [1]  # a Python variable that SQL must not see
    link = duck.connect()
    with pytest.raises(duckdb.Error):
        link.execute(attempt.format(file=file)).fetchall()
    assert not file.exists()
    assert rahasia == [1]


def test_too_little_memory_is_an_error_and_no_spill() -> None:
    link = duck.connect(memory="20MB")
    with pytest.raises(duckdb.OutOfMemoryException):
        link.execute(
            "SELECT count(*) FROM (SELECT DISTINCT hash(i) h, md5(i::VARCHAR) FROM range(4000000) t(i))"
        ).fetchall()
