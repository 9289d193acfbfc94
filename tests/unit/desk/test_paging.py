"""Pages of lists that are in memory: none is out of reach, none is lost."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from jaring.desk.paging import leaf


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
