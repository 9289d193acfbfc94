"""Pages of lists that are in memory: none is out of reach, none is lost."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from jaring.desk.paging import keyset, leaf


@pytest.mark.parametrize(
    ("asked", "number", "first", "count"),
    [("", 1, 0, 40), ("2", 2, 40, 40), ("3", 3, 80, 15), ("9", 3, 80, 15), ("0", 1, 0, 40), ("x", 1, 0, 40)],
)
def test_every_row_stands_on_one_page(asked: str, number: int, first: int, count: int) -> None:
    request = RequestFactory().get("/", {"hal": asked, "keadaan": "selisih"})
    found = leaf(list(range(95)), request, size=40)
    assert (found.number, found.last, found.query) == (number, 3, "keadaan=selisih")
    assert list(found.rows) == list(range(first, first + count))


def test_an_empty_list_is_one_page() -> None:
    found = leaf([], RequestFactory().get("/"), size=40)
    assert (found.number, found.last, list(found.rows), found.after) == (1, 1, [], 0)


@pytest.mark.django_db
def test_a_key_from_beyond_the_rows_begins_anew() -> None:
    """What stands behind the question mark places nobody: a row that the reader may not see is no place."""
    from jaring.officers.models import Officer

    made = [Officer.objects.create(username=f"urut.{n}", first_name=name) for n, name in enumerate("CAB")]
    seen = Officer.objects.filter(first_name__in=["A", "C"])
    for order in ("pk", "-pk", "first_name"):
        whole = keyset(seen, RequestFactory().get("/"), order=order)
        hidden = keyset(seen, RequestFactory().get("/", {"after": made[2].pk}), order=order)
        none = keyset(seen, RequestFactory().get("/", {"after": 10**9}), order=order)
        assert (
            [one.pk for one in whole.rows] == [one.pk for one in hidden.rows] == [one.pk for one in none.rows]
        )
        assert hidden.first
    known = keyset(seen, RequestFactory().get("/", {"after": made[1].pk}), order="first_name")
    assert [one.first_name for one in known.rows] == ["C"]
