"""Who is paid from which fund, to the rupiah; who waits, at which place and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jaring.facts.month import Month
from jaring.funding.waterfall import allocate

APRIL = Month(2026, 4)
ORDER = ["add", "csr", "dbhcht", "apbd"]
SELONG, SAKRA = "52.03.07.1001", "52.03.05.2001"
FULL = 16_800


def people(*rows: dict[str, Any]) -> pl.DataFrame:
    """Candidates: a row per person and source; nine months of 16,800 when nothing else is said."""
    silent = {
        "desa_code": SELONG,
        "segment": "petani_tembakau",
        "already_source": None,
        "prices_idr": [FULL] * 9,
    }
    schema = {
        "person_id": pl.Int64,
        "desa_code": pl.String,
        "segment": pl.String,
        "rank": pl.Int64,
        "already_source": pl.String,
        "source": pl.String,
        "prices_idr": pl.List(pl.Int64),
    }
    full = [{"rank": row["person_id"], **silent, **row} for row in rows]
    return pl.DataFrame(full, schema=schema)


def fund(code: str, source: str, money: int, **more: Any) -> dict[str, Any]:
    return {
        "fund": code,
        "source": source,
        "desa_code": None,
        "segments": [],
        "available_idr": money,
        "month_from": dt.date(2026, 4, 1),
        "month_to": dt.date(2026, 12, 1),
        **more,
    }


def purse(*rows: dict[str, Any]) -> pl.DataFrame:
    schema = {
        "fund": pl.String,
        "source": pl.String,
        "desa_code": pl.String,
        "segments": pl.List(pl.String),
        "available_idr": pl.Int64,
        "month_from": pl.Date,
        "month_to": pl.Date,
    }
    return pl.DataFrame(list(rows), schema=schema)


def run(candidates: pl.DataFrame, funds: pl.DataFrame, month: Month = APRIL, **more: Any) -> tuple[Any, Any]:
    awards, waiting = allocate(candidates, funds, month=month, order=ORDER, **more)
    paid = {r["person_id"]: (r["fund"], r["months"], r["total_idr"]) for r in awards.iter_rows(named=True)}
    told = {r["person_id"]: (r["reason"], r["fund"], r["rank"]) for r in waiting.iter_rows(named=True)}
    return paid, told


@pytest.mark.parametrize(
    ("people_count", "budget"),
    [(12_698, 1_919_937_600), (17_195, 2_599_884_000), (17_395, 2_630_124_000)],
    ids=["2023", "2024", "2025"],
)
def test_the_published_dbhcht_budgets_pay_exactly_their_people_for_nine_months(
    people_count: int, budget: int
) -> None:
    # programme.md 1.4 and law.md 6.3: people × 9 months × Rp16,800, April to December.
    ids = pl.DataFrame({"person_id": range(1, people_count + 2)})
    candidates = ids.with_columns(
        rank="person_id",
        desa_code=pl.lit(SELONG),
        segment=pl.lit("petani_tembakau"),
        already_source=pl.lit(None, pl.String),
        source=pl.lit("dbhcht"),
        prices_idr=pl.lit([FULL] * 9),
    )
    awards, waiting = allocate(candidates, purse(fund("D", "dbhcht", budget)), month=APRIL, order=ORDER)
    assert awards.height == people_count
    assert awards["total_idr"].sum() == budget == people_count * 9 * FULL
    assert awards.select("month_from", "month_to", "months").unique().rows() == [
        (dt.date(2026, 4, 1), dt.date(2026, 12, 1), 9)
    ]
    assert waiting.select("person_id", "rank", "reason", "fund").rows() == [
        (people_count + 1, people_count + 1, "pagu-habis", "D")
    ]


def test_one_rupiah_less_protects_one_person_less() -> None:
    candidates = people(*({"person_id": n, "source": "dbhcht"} for n in (1, 2)))
    assert set(run(candidates, purse(fund("D", "dbhcht", 2 * 9 * FULL)))[0]) == {1, 2}
    assert set(run(candidates, purse(fund("D", "dbhcht", 2 * 9 * FULL - 1)))[0]) == {1}


def test_a_person_lawful_for_three_sources_gets_the_first_that_has_money() -> None:
    rows = [{"person_id": n, "source": s} for n in (1, 2, 3, 4) for s in ("apbd", "dbhcht", "csr")]
    paid, told = run(
        people(*rows),
        purse(
            fund("A", "apbd", 9 * FULL),
            fund("C", "csr", 2 * FULL, month_to=dt.date(2026, 5, 1)),
            fund("D", "dbhcht", 9 * FULL),
        ),
    )
    assert paid == {1: ("C", 2, 2 * FULL), 2: ("D", 9, 9 * FULL), 3: ("A", 9, 9 * FULL)}
    assert told == {4: ("pagu-habis", "C", 4)}


def test_village_money_stays_in_its_village() -> None:
    rows = [
        {"person_id": n, "source": "add", "desa_code": d} for n, d in ((1, SELONG), (2, SAKRA), (3, None))
    ]
    paid, told = run(people(*rows), purse(fund("ADD-S", "add", 10**9, desa_code=SELONG)))
    assert set(paid) == {1}
    assert told == {2: ("dana-tidak-terbuka", None, 2), 3: ("dana-tidak-terbuka", None, 3)}


def test_money_bound_to_a_segment_goes_before_general_money_and_only_to_it() -> None:
    rows = [{"person_id": 1, "source": "apbd", "segment": "nelayan"}, {"person_id": 2, "source": "apbd"}]
    paid, _ = run(
        people(*rows),
        purse(fund("A1", "apbd", 10**9), fund("A2", "apbd", 10**9, segments=["nelayan", "umkm"])),
    )
    assert {person: award[0] for person, award in paid.items()} == {1: "A2", 2: "A1"}


def test_two_funds_of_one_village_are_used_one_after_the_other() -> None:
    rows = [{"person_id": n, "source": "add"} for n in (1, 2, 3)]
    one = {"desa_code": SELONG}
    paid, told = run(
        people(*rows), purse(fund("X", "add", 9 * FULL, **one), fund("Y", "add", 9 * FULL, **one))
    )
    assert {person: award[0] for person, award in paid.items()} == {1: "X", 2: "Y"}
    assert told[3][:2] == ("pagu-habis", "X")


def test_a_fund_pays_from_the_month_of_the_run_to_its_last() -> None:
    prices = [FULL] * 4 + [8_400] * 3
    candidates = people({"person_id": 1, "source": "dbhcht", "prices_idr": prices})
    paid, _ = run(candidates, purse(fund("D", "dbhcht", 10**9)), Month(2026, 6))
    assert paid == {1: ("D", 7, 4 * FULL + 3 * 8_400)}
    for closed in (Month(2026, 3), Month(2027, 1)):
        paid, told = run(candidates, purse(fund("D", "dbhcht", 10**9)), closed)
        assert (paid, told[1][0]) == ({}, "dana-tidak-terbuka")


def test_money_left_goes_to_the_next_whom_it_pays_for_and_who_is_passed_over_keeps_the_place() -> None:
    rows = [
        {"person_id": 1, "source": "apbd"},
        {"person_id": 2, "source": "apbd"},
        {"person_id": 3, "source": "apbd", "prices_idr": [8_400] * 9},
    ]
    paid, told = run(people(*rows), purse(fund("A", "apbd", 9 * FULL + 9 * 8_400 + 5)))
    assert set(paid) == {1, 3}
    assert told == {2: ("pagu-habis", "A", 2)}


def test_equal_ranks_go_by_person_number_whatever_the_order_of_rows() -> None:
    rows = [{"person_id": n, "rank": 7, "source": "apbd"} for n in (9, 3, 5)]
    assert set(run(people(*rows), purse(fund("A", "apbd", 2 * 9 * FULL)))[0]) == {3, 5}


def test_who_is_paid_by_another_or_has_no_source_is_told_so() -> None:
    rows = [
        {"person_id": 1, "source": "apbd", "already_source": "employer"},
        {"person_id": 2, "source": None, "prices_idr": None},
        {"person_id": 3, "source": "apbd"},
    ]
    candidates = people(*rows).with_columns(reason=pl.lit(None, pl.String))
    paid, told = run(candidates, purse(fund("A", "apbd", 10**9)))
    assert set(paid) == {3}
    assert {person: reason for person, (reason, _, _) in told.items()} == {
        1: "sudah-dibayar",
        2: "tanpa-sumber",
    }
    candidates = candidates.with_columns(
        reason=pl.when(pl.col("person_id") == 2).then(pl.lit("tanpa-harga")).otherwise("reason")
    )
    assert run(candidates, purse(fund("A", "apbd", 10**9)))[1][2][0] == "tanpa-harga"


def test_a_second_month_gives_only_what_is_left_to_those_who_have_nothing() -> None:
    first = people(*({"person_id": n, "source": "dbhcht"} for n in range(1, 6)))
    awards, _ = allocate(first, purse(fund("D", "dbhcht", 3 * 9 * FULL)), month=APRIL, order=ORDER)
    later = people(
        *({"person_id": n, "source": "dbhcht", "prices_idr": [FULL] * 8} for n in (0, 1, 2, 3, 4, 5))
    )
    left = purse(fund("D", "dbhcht", 9 * FULL))
    paid, told = run(later, left, Month(2026, 5), awarded=awards["person_id"].to_list())
    assert paid == {0: ("D", 8, 8 * FULL)}
    assert set(told) == {4, 5}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"person_id": 1, "source": "apbd"}, {"person_id": 1, "source": "apbd"}], "twice"),
        ([{"person_id": 1, "source": "apbd"}, {"person_id": 1, "source": "csr", "rank": 2}], "two ranks"),
        ([{"person_id": 1, "source": "apbd", "prices_idr": [0] * 9}], "price"),
        ([{"person_id": 1, "source": "apbd", "prices_idr": None}], "price"),
        ([{"person_id": 1, "source": "apbd", "prices_idr": [FULL, None]}], "price"),
        ([{"person_id": 1, "source": "apbd", "prices_idr": [FULL] * 8}], "ends before"),
    ],
)
def test_a_caller_who_contradicts_himself_is_stopped(rows: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        allocate(people(*rows), purse(fund("A", "apbd", 10**9)), month=APRIL, order=ORDER)


def test_nobody_and_no_money_give_empty_answers() -> None:
    awards, waiting = allocate(people(), purse(), month=APRIL, order=ORDER)
    assert (awards.height, waiting.height) == (0, 0)
    assert run(people({"person_id": 1, "source": "apbd"}), purse())[1] == {1: ("dana-tidak-terbuka", None, 1)}


_DESA = st.sampled_from([SELONG, SAKRA, None])
_WHO = st.fixed_dictionaries(
    {"rank": st.integers(1, 6), "desa_code": _DESA, "segment": st.sampled_from(["a", "b"])},
    optional={"already_source": st.just("employer")},
)
_OFFERS = st.dictionaries(
    st.sampled_from(ORDER), st.lists(st.integers(1, 40), min_size=9, max_size=9), max_size=4
)
_FUND = st.fixed_dictionaries(
    {
        "source": st.sampled_from(ORDER),
        "desa_code": _DESA,
        "segments": st.sampled_from([[], ["a"], ["a", "b"]]),
        "available_idr": st.integers(0, 900),
        "month_from": st.sampled_from([dt.date(2026, 1, 1), dt.date(2026, 4, 1), dt.date(2026, 6, 1)]),
        "month_to": st.sampled_from([dt.date(2026, 5, 1), dt.date(2026, 12, 1)]),
    }
).filter(lambda f: f["month_from"] <= f["month_to"])


def _slowly(rows: list[dict[str, Any]], funds: list[dict[str, Any]]) -> dict[int, tuple[str, int]]:
    """The rule said again person by person: the source order, the narrower fund first, then rank."""
    paid: dict[int, tuple[str, int]] = {}
    open_funds = [f for f in funds if f["month_from"] <= APRIL.first <= f["month_to"]]

    def narrowness(one: dict[str, Any]) -> tuple[int, int, int]:
        return ORDER.index(one["source"]), one["desa_code"] is None, not one["segments"]

    for one in sorted(open_funds, key=lambda f: (*narrowness(f), f["fund"])):
        left, months = one["available_idr"], one["month_to"].month - 3
        for row in sorted(rows, key=lambda r: (r["rank"], r["person_id"])):
            fits = (
                row["source"] == one["source"]
                and row["already_source"] is None
                and row["person_id"] not in paid
                and one["desa_code"] in (None, row["desa_code"])
                and (not one["segments"] or row["segment"] in one["segments"])
            )
            if fits and (price := sum(row["prices_idr"][:months])) <= left:
                left -= price
                paid[row["person_id"]] = (one["fund"], price)
    return paid


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.tuples(_WHO, _OFFERS), max_size=12), st.lists(_FUND, max_size=6))
def test_the_columns_say_what_the_rule_says_person_by_person(
    who: list[Any], money: list[dict[str, Any]]
) -> None:
    rows: list[dict[str, Any]] = []
    for number, (person, offers) in enumerate(who):
        base = {"person_id": number, "already_source": None, **person}
        rows += [{**base, "source": s, "prices_idr": p} for s, p in offers.items()] or [
            {**base, "source": None, "prices_idr": None}
        ]
    funds = [{"fund": f"F{number}", **one} for number, one in enumerate(money)]
    awards, waiting = allocate(people(*rows), purse(*funds), month=APRIL, order=ORDER)
    got = {r["person_id"]: (r["fund"], r["total_idr"]) for r in awards.iter_rows(named=True)}
    assert got == _slowly(rows, funds)
    spent = dict(awards.group_by("fund").agg(pl.col("total_idr").sum()).iter_rows())
    assert all(spent.get(one["fund"], 0) <= one["available_idr"] for one in funds)
    assert sorted([*awards["person_id"], *waiting["person_id"]]) == list(range(len(who)))
    assert sorted([*awards["rank"], *waiting["rank"]]) == list(range(1, len(who) + 1))
    assert waiting["reason"].null_count() == 0
