"""What holds for every price: whole rupiah, never falling with income, order kept, one row as many."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jaring.facts.month import Month
from jaring.law import membership, precedence, price
from jaring.law.funding import sources

MONTHS = [month.first for month in Month(2015, 7).until(Month(2027, 6))]
BPU = st.fixed_dictionaries(
    {
        "month": st.sampled_from(MONTHS),
        "kind": st.just("bpu"),
        "programmes": st.sampled_from(["jkk+jkm", "jkk+jkm+jht", "jkk", "jkm"]),
        "source": st.sampled_from(sources()),
        "sector": st.sampled_from(["transport", "other", None]),
        "income_idr": st.integers(0, 40_000_000),
    }
)
PU = st.fixed_dictionaries(
    {
        "month": st.sampled_from(MONTHS),
        "kind": st.just("pu"),
        "programmes": st.sampled_from(["jkk+jkm", "jkk+jkm+jht+jp", "jp", "jht"]),
        "source": st.just("employer"),
        "wage_idr": st.integers(0, 40_000_000),
        "risk_class": st.sampled_from(["very_low", "low", "medium", "high", "very_high"]),
    }
)
SUMS = ["jkk_idr", "jkm_idr", "jht_idr", "jp_idr"]


def priced(cases: list[dict[str, Any]]) -> pl.DataFrame:
    return price.monthly(pl.DataFrame(cases, infer_schema_length=None))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(BPU, PU), min_size=1, max_size=40))
def test_every_price_is_whole_rupiah_and_the_sum_of_its_programmes(cases: list[dict[str, Any]]) -> None:
    made = priced(cases)
    assert made.get_column("iuran_idr").dtype == pl.Int64
    assert made.get_column("iuran_idr").null_count() == 0
    assert made.select((pl.sum_horizontal(SUMS) == pl.col("iuran_idr")).all()).item()
    assert made.select((pl.min_horizontal(SUMS) >= 0).all()).item()


@settings(max_examples=30, deadline=None)
@given(BPU, st.integers(0, 20_000_000))
def test_contributions_never_fall_as_income_rises(case: dict[str, Any], more: int) -> None:
    made = priced([case, {**case, "income_idr": case["income_idr"] + more}])
    assert made["iuran_idr"][0] <= made["iuran_idr"][1]


@settings(max_examples=30, deadline=None)
@given(PU, st.integers(0, 20_000_000))
def test_contributions_never_fall_as_the_wage_rises(case: dict[str, Any], more: int) -> None:
    made = priced([case, {**case, "wage_idr": case["wage_idr"] + more}])
    assert made["iuran_idr"][0] <= made["iuran_idr"][1]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.one_of(BPU, PU), min_size=2, max_size=8))
def test_a_case_costs_the_same_alone_and_among_others(cases: list[dict[str, Any]]) -> None:
    together = priced(cases).get_column("iuran_idr").to_list()
    assert together == [priced([case])["iuran_idr"][0] for case in cases]


def test_rows_keep_their_order_and_their_other_columns() -> None:
    frame = pl.DataFrame(
        {
            "name": ["c", "a", "b", "c"],
            "month": [dt.date(2026, 4, 1)] * 4,
            "kind": ["bpu", "pu", "bpu", "bpu"],
            "programmes": ["jkk+jkm"] * 4,
            "source": ["self", "employer", "apbd", "self"],
            "wage_idr": [None, 2_000_000, None, None],
        }
    )
    made = price.monthly(frame)
    assert made["name"].to_list() == ["c", "a", "b", "c"]
    assert made["iuran_idr"].to_list() == [8_400, 10_800, 16_800, 8_400]
    assert "income_idr" not in made.columns


def test_an_impossible_case_does_not_stop_the_others() -> None:
    frame = pl.DataFrame(
        {
            "month": [dt.date(2026, 4, 1)] * 2,
            "kind": ["bpu", "bpu"],
            "programmes": ["jkk+jp", "jkk"],
            "source": "self",
        }
    )
    made = price.monthly(frame)
    assert made["iuran_idr"].to_list() == [None, 5_000]
    assert made["price_reason"].to_list() == ["bpu-tanpa-jp", None]


def test_an_empty_frame_is_priced_as_an_empty_frame() -> None:
    assert price.monthly(pl.DataFrame(schema={"month": pl.Date()})).height == 0


def test_ranks_are_by_the_considerations_and_then_by_number() -> None:
    frame = pl.DataFrame(
        {
            "person_id": [4, 3, 2, 1],
            "month": [dt.date(2026, 4, 1)] * 4,
            "segments": [["petani_tembakau"]] * 4,
            "desil": [1, None, 5, 5],
            "covered_by": [None, "dbhcht", None, None],
        }
    )
    made = precedence.rank(frame)
    assert made["person_id"].to_list() == [4, 3, 2, 1]
    assert made["rank"].to_list() == [2, 1, 4, 3]


def test_months_in_a_row_end_in_the_month_asked_and_gaps_are_counted() -> None:
    # April to December, three months' gap, April and May again: DBHCHT in two years.
    paid = [*Month(2025, 4).until(Month(2025, 12)), Month(2026, 4), Month(2026, 5)]
    frame = pl.DataFrame({"person_id": 7, "month": [month.first for month in paid]})
    asked = pl.DataFrame({"person_id": [7, 7, 7, 8], "month": [m.first for m in (*paid[8:11], paid[0])]})
    made = membership.months(frame, asked)
    assert made["months_total"].to_list() == [9, 10, 11, 0]
    assert made["months_in_a_row"].to_list() == [9, 1, 2, 0]
    assert made["gap_months"].to_list() == [0, 3, 3, 0]
    unpaid = membership.months(frame, pl.DataFrame({"person_id": [7], "month": [dt.date(2026, 2, 1)]}))
    assert unpaid.row(0, named=True) == {
        "person_id": 7,
        "month": dt.date(2026, 2, 1),
        "months_total": 9,
        "months_in_a_row": 0,
        "gap_months": 2,
    }
