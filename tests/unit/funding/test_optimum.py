"""The optimum keeps every budget in whole rupiah, beats or equals the rule, and stays under its bound."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jaring.facts.month import Month
from jaring.funding import optimum, waterfall

APRIL = Month(2026, 4)
SCHEMA = {
    "person_id": pl.Int64,
    "desa_code": pl.String,
    "segment": pl.String,
    "rank": pl.Int64,
    "weight": pl.Int64,
    "already_source": pl.String,
    "source": pl.String,
    "prices_idr": pl.List(pl.Int64),
}
FUNDS = {
    "fund": pl.String,
    "source": pl.String,
    "desa_code": pl.String,
    "segments": pl.List(pl.String),
    "available_idr": pl.Int64,
    "month_from": pl.Date,
    "month_to": pl.Date,
}


def _candidates(rows: list[tuple[int, int, dict[str, int]]]) -> pl.DataFrame:
    """Persons as (weight, desa number, price a month by source), first in the list = first in rank."""
    long = [
        (n, f"d{desa}", "s", n, weight, None, source, [price] * 9)
        for n, (weight, desa, offers) in enumerate(rows)
        for source, price in offers.items()
    ]
    return pl.DataFrame(long, schema=SCHEMA, orient="row")


def _funds(rows: list[tuple[str, str, str | None, int, int]]) -> pl.DataFrame:
    """Funds as (code, source, desa, money, last month)."""
    start = dt.date(2026, 4, 1)
    long = [(c, s, d, [], money, start, dt.date(2026, last, 1)) for c, s, d, money, last in rows]
    return pl.DataFrame(long, schema=FUNDS, orient="row")


def test_it_sees_what_the_rule_cannot() -> None:
    # Person 0 may have either fund, person 1 only the first one asked: the rule spends it on person 0.
    candidates = _candidates([(1, 0, {"csr": 10, "apbd": 10}), (1, 0, {"csr": 10})])
    funds = _funds([("C", "csr", None, 90, 12), ("A", "apbd", None, 90, 12)])
    rule, _ = waterfall.allocate(candidates, funds, month=APRIL, order=["csr", "apbd"])
    best = optimum.solve(candidates, funds, month=APRIL, order=["csr", "apbd"])
    assert rule["months"].sum() == 9
    assert (best.weighted, best.bound) == (18, 18)
    assert dict(best.awards.select("person_id", "fund").iter_rows()) == {0: "A", 1: "C"}


def test_weight_decides_where_money_does_not_reach_all() -> None:
    candidates = _candidates([(1, 0, {"apbd": 10}), (3, 0, {"apbd": 10})])
    best = optimum.solve(candidates, _funds([("A", "apbd", None, 95, 12)]), month=APRIL, order=["apbd"])
    assert best.awards["person_id"].to_list() == [1]
    assert (best.weighted, best.total_idr) == (27, 90)


def test_nobody_gives_nothing() -> None:
    best = optimum.solve(_candidates([]), _funds([]), month=APRIL, order=["apbd"])
    assert (best.awards.height, best.weighted, best.bound) == (0, 0, 0)


def _by_trying(candidates: pl.DataFrame, funds: pl.DataFrame) -> int:
    """The true whole-person optimum of a tiny case."""
    money = {f["fund"]: f["available_idr"] for f in funds.iter_rows(named=True)}
    choices: dict[int, list[Any]] = {}
    for row in candidates.iter_rows(named=True):
        own = choices.setdefault(row["person_id"], [None])
        for f in funds.iter_rows(named=True):
            if f["source"] == row["source"] and f["desa_code"] in (None, row["desa_code"]):
                months = f["month_to"].month - 3
                own.append((f["fund"], sum(row["prices_idr"][:months]), months * row["weight"]))
    best = 0
    for picked in itertools.product(*choices.values()):
        spent: dict[str, int] = {}
        for one in picked:
            if one:
                spent[one[0]] = spent.get(one[0], 0) + one[1]
        if all(amount <= money[code] for code, amount in spent.items()):
            best = max(best, sum(one[2] for one in picked if one))
    return best


_PERSON = st.tuples(
    st.integers(1, 3),
    st.integers(0, 1),
    st.dictionaries(st.sampled_from(["add", "csr", "apbd"]), st.sampled_from([5, 10]), min_size=1),
)
_MONEY = st.integers(0, 250)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.lists(_PERSON, min_size=1, max_size=5), _MONEY, _MONEY, _MONEY)
def test_between_the_rule_and_the_bound_and_within_every_budget(
    persons: list[tuple[int, int, dict[str, int]]], add: int, csr: int, apbd: int
) -> None:
    candidates = _candidates(persons)
    funds = _funds([("V", "add", "d0", add, 12), ("C", "csr", None, csr, 5), ("A", "apbd", None, apbd, 12)])
    best = optimum.solve(candidates, funds, month=APRIL, order=["add", "csr", "apbd"])
    assert best.weighted <= _by_trying(candidates, funds) <= best.bound
    assert best.awards["person_id"].is_unique().all()
    spent = dict(best.awards.group_by("fund").agg(pl.col("total_idr").sum()).iter_rows())
    assert all(
        spent.get(code, 0) <= money for code, money in funds.select("fund", "available_idr").iter_rows()
    )
    lawful = set(candidates.select("person_id", "source").iter_rows())
    assert set(best.awards.select("person_id", "source").iter_rows()) <= lawful


def test_even_254_small_village_funds_come_close_to_the_bound() -> None:
    dice = np.random.default_rng(3)
    count, villages = 20_000, 254
    people = pl.DataFrame(
        {
            "person_id": np.arange(count),
            "desa_code": [f"d{v}" for v in dice.integers(0, villages, count)],
            "segment": [f"s{s}" for s in dice.integers(0, 12, count)],
            "rank": dice.permutation(count),
            "weight": dice.integers(1, 4, count),
            "discount": dice.random(count) < 0.3,
        }
    ).with_columns(already_source=pl.lit(None, pl.String))
    half = pl.when("discount").then(pl.lit([8_400] * 9)).otherwise(pl.lit([16_800] * 9))
    offers = {"add": ["s0", "s1"], "csr": [f"s{n}" for n in range(12)], "apbd": [f"s{n}" for n in range(6)]}
    candidates = pl.concat(
        people.filter(pl.col("segment").is_in(segments)).with_columns(source=pl.lit(source), prices_idr=half)
        for source, segments in offers.items()
    ).drop("discount")
    funds = _funds(
        [
            ("C", "csr", None, 40_000_000, 5),
            ("A", "apbd", None, 700_000_003, 12),
            *((f"V{v}", "add", f"d{v}", 1_000_000 + v, 12) for v in range(villages)),
        ]
    )
    order = ["csr", "add", "apbd"]
    run = waterfall.prepare(candidates, funds, month=APRIL, order=order)
    rule, best = run.weighted(waterfall.walk(run)[0]), optimum.best(run)
    assert rule < best.weighted <= best.bound
    assert best.weighted >= best.bound * 0.9985
    assert best.awards.height > 4_000
