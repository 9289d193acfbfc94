"""The same rows give the same answer in every run: nothing hangs on the order in which threads finish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import permutations

import polars as pl

from jaring.people import blocking, clustering, cores, duck, linking, pairs, prepare

RowsOf = Callable[..., pl.DataFrame]
VILLAGE = {"desa_code": "52.03.01.2001", "kecamatan_code": "52.03.01"}


def test_the_second_best_is_second_whatever_the_order_of_edges() -> None:
    # Node 1 fits 10 far better than 11, node 2 fits 12 and 13 alike, node 3 fits three and two of them alike.
    edges = [
        (1, 10, 20.0),
        (1, 11, 10.0),
        (2, 12, 9.0),
        (2, 13, 8.0),
        (3, 14, 30.0),
        (3, 15, 29.0),
        (3, 16, 5.0),
    ]
    holders = pl.Series([10, 11, 12, 13, 14, 15, 16])
    for order in list(permutations(edges))[::7]:
        frame = pl.DataFrame(order, schema={"a": pl.Int64, "b": pl.Int64, "weight": pl.Float64}, orient="row")
        found = set(clustering.ambiguous(frame, holders).iter_rows())
        assert found == {(2, 12), (2, 13), (3, 14), (3, 15)}


def test_a_way_of_writing_is_chosen_alike_whatever_the_order_of_rows(rows_of: RowsOf) -> None:
    born = date(1980, 12, 12)
    frame = rows_of(
        {"nik": "5203011212800003", "name": "Lalu Saleh", "birth_date": born, "kecamatan_code": "52.03.02"},
        {"nik": "5203011212800003", "name": "Lalu Saleh", "birth_date": born},
        {"nik": "5203011212800003", "name": "Lalu Saleh", "birth_date": born, "kecamatan_code": "52.03.01"},
    )
    chosen = []
    for rows in (frame, frame.reverse()):
        base = duck.connect()
        made = cores.variants(cores.cores(prepare.prepare(rows), base))
        base.close()
        chosen.append(made.select("node", "key", "born", "kec").rows())
    assert chosen[0] == chosen[1] == [(0, "SALE", born, "52.03.01")]


def test_edges_come_in_one_order_with_any_number_of_threads(rows_of: RowsOf) -> None:
    names = ("Ahmad Sahrudin", "Ahmad Syahruddin", "Sahrudin", "Akhmad Sahrudin")
    frame = rows_of(
        *({"name": names[n % 4], "birth_date": date(1970 + n % 30, 5, 6), **VILLAGE} for n in range(400))
    )
    found = []
    for threads in (1, 4):
        base = duck.connect(threads=threads)
        rows = cores.cores(prepare.prepare(frame), base)
        table = linking.nodes_table(cores.variants(rows), rows)
        duck.put(base, "v", table)
        blocking.candidates(base)
        trained = pairs.model()
        chance = linking.chance(trained, table.height)
        found.append(blocking.weigh(base, trained, chance=chance, least=clustering.REVIEW))
        base.close()
    assert found[0].height > 60
    assert found[0].rows() == found[1].rows()
