"""What goes in by COPY comes out the same, hostile cells included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction

from jaring.officers.models import Officer
from jaring.tables.frames import analyse_grown, copy_in_parts, copy_in_table, read, unsaid

pytestmark = pytest.mark.django_db

HOSTILE = [
    *["biasa", "", None, "\\N", 'kutip " dua', "koma, titik", "baris\nbaru", "=1+1", "null", "ñ – 北"],
    *["tab\tdi tengah", "\r\n", "\\.", "\\", "C:\\nama\\x41", "\\\\N", "\t", "ujung\\", "'", "\u2028"],
]


def test_every_kind_of_cell_survives_the_way_in_and_out() -> None:
    frame = pl.DataFrame(
        {
            "t": HOSTILE,
            "n": [None, *range(19)],
            "d": [dt.date(1990, 2, 1), None] * 10,
            "b": [b"\x00\xff\\N\t", None] * 10,
            "f": [True, False, None, True, False] * 4,
            "l": [["a,b", "c"], [], None, ["d"], ['e"f'], ["g\\", "\t"], ["\\N"], ["{h}"], ["NULL"], ["i"]]
            * 2,
            "o": list(range(20)),
        },
        schema_overrides={"l": pl.List(pl.String)},
    ).with_columns(e=pl.col("t").cast(pl.Enum([text for text in HOSTILE if text is not None])))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE kinds (t text, n bigint, d date, b bytea, f boolean, l text[], o int, e text)"
        )
        assert copy_in_table(frame, "kinds") == 20
        back = read("SELECT t, n, d, b, f, o, e FROM kinds ORDER BY o")
        assert back.to_dicts() == frame.drop("l").with_columns(pl.col("e").cast(pl.String)).to_dicts()
        # Asked of the driver, which knows every kind of array.
        cursor.execute("SELECT l FROM kinds ORDER BY o")
        assert [found for (found,) in cursor.fetchall()] == frame["l"].to_list()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_column_alone_is_a_row_whatever_stands_in_it(text: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE alone (t text)")
    assert copy_in_table(pl.DataFrame({"t": [text, "lain", text]}, schema={"t": pl.String}), "alone") == 3
    assert read("SELECT t, 1 AS o FROM alone")["t"].to_list() == [text, "lain", text]


def test_parameters_are_values_never_text_of_the_query() -> None:
    hostile = "x'; DROP TABLE officers_officer; --"
    assert read("SELECT %s::text AS v", [hostile])["v"].to_list() == [hostile]
    assert Officer.objects.count() == 0


def test_a_broken_row_stores_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE strict (n bigint PRIMARY KEY)")
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in_table(pl.DataFrame({"n": [1, 2, 2]}), "strict")
    assert read("SELECT n FROM strict").height == 0


def test_an_empty_answer_keeps_its_columns() -> None:
    assert read("SELECT 1::bigint AS a, 'x'::text AS b WHERE false").schema == {"a": pl.Int64, "b": pl.String}


def test_many_rows_go_in_parts_and_stand_in_their_order_or_not_at_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE many (id bigserial, n bigint UNIQUE, t text)")
    count = 60_001
    frame = pl.DataFrame({"n": range(count)}).with_columns(t=pl.format("baris {}", "n"))
    assert copy_in_table(frame, "many") == count
    back = read("SELECT n, t FROM many ORDER BY id")
    assert back.to_dicts() == frame.to_dicts()
    later = frame.with_columns(n=pl.when(pl.col("n") < count - 1).then(pl.col("n") + count).otherwise(0))
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in_table(later, "many")
    assert read("SELECT n FROM many").height == count


def test_a_part_that_cannot_be_made_stores_none_of_the_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE parted (n bigint)")

    def parts() -> Iterator[pl.DataFrame]:
        yield pl.DataFrame({"n": [1, 2]})
        yield pl.DataFrame({"n": [3]})
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"), transaction.atomic():
        copy_in_parts(parts(), "parted", 3)
    assert read("SELECT n FROM parted").height == 0
    assert copy_in_parts(iter([pl.DataFrame({"n": [1]}), pl.DataFrame({"n": [2, 3]})]), "parted", 3) == 3
    assert read("SELECT n FROM parted ORDER BY n")["n"].to_list() == [1, 2, 3]


def test_the_planner_is_told_of_a_load_that_changes_a_table() -> None:
    def believed() -> int:
        return read("SELECT reltuples::bigint AS n FROM pg_class WHERE oid = 'counted'::regclass")["n"].item()

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE counted (n bigint)")
    copy_in_table(pl.DataFrame({"n": range(60_000)}), "counted", analysed=False)
    assert believed() == -1
    copy_in_table(pl.DataFrame({"n": range(5_000)}), "counted")
    assert believed() == 65_000
    # Less than a tenth of what is there.
    copy_in_table(pl.DataFrame({"n": range(6_000)}), "counted")
    assert believed() == 65_000
    copy_in_table(pl.DataFrame({"n": range(7_000)}), "counted")
    assert believed() == 78_000
    # Of loads that said nothing it is told by the next who reads many rows, once they are a fifth.
    copy_in_table(pl.DataFrame({"n": range(8_000)}), "counted", analysed=False)
    analyse_grown("counted")
    assert believed() == 78_000
    copy_in_table(pl.DataFrame({"n": range(14_000)}), "counted", analysed=False)
    analyse_grown("counted")
    assert believed() == 100_000


@pytest.mark.django_db
def test_an_empty_column_is_not_sent_unless_something_else_would_come_to_stand_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE told (a bigint, b text DEFAULT 'lain', c text, d text)")
    nothing = pl.lit(None, dtype=pl.String)
    frame = pl.DataFrame({"a": range(600)}).with_columns(b=nothing, c=nothing, d=pl.lit("ada"))
    assert unsaid(frame, "told") == ["c"]
    copy_in_table(frame, "told", analysed=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(a), count(b), count(c), count(d) FROM told")
        assert cursor.fetchone() == (600, 0, 0, 600)
    # A short one is sent as it is.
    assert unsaid(frame.head(10), "told") == []
