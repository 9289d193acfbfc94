"""A fault in the log says where and what, never whose."""

from __future__ import annotations

from jaring.tables.faults import scrubbed


def test_rows_and_long_numbers_are_struck_out() -> None:
    said = scrubbed(
        'psycopg.errors.UniqueViolation: duplicate key "people_nik"\n'
        "DETAIL:  Key (name, nik)=(INAQ SARI, 5203014505850001) already exists.\n"
        "ValueError: '5203014505850001' is not a date"
    )
    assert "UniqueViolation" in said
    assert "INAQ SARI" not in said
    assert "5203014505850001" not in said
    assert "is not a date" in said
