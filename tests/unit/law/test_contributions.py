"""Contributions beyond the worked examples: the ceiling's own rule, spans, tiers, conversions."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jaring.facts.month import Month
from jaring.law import advance, columns, conversion, loader, price
from jaring.law.bpu import rule as bpu
from jaring.law.dated import Law
from jaring.law.distinct import distinct, various
from jaring.law.funding import sources
from jaring.law.price import alike
from jaring.law.pu.rule import ceiling_after
from jaring.law.settings import LocalSetting

MONTHS = [month.first for month in Month(2015, 7).until(Month(2027, 6))]
#: PP 44/2015 Art. 54 and 55, written out a second time to compare with.
TIERS = [
    (0, Fraction(24, 10_000)),
    (100_000_000, Fraction(19, 10_000)),
    (500_000_000, Fraction(15, 10_000)),
    (1_000_000_000, Fraction(12, 10_000)),
    (5_000_000_000, Fraction(10, 10_000)),
]
PERSON = st.fixed_dictionaries(
    {
        "month": st.sampled_from(MONTHS),
        "months": st.integers(1, 30),
        "kind": st.sampled_from(["bpu", "pu"]),
        "programmes": st.sampled_from(["jkk+jkm", "jkk+jkm+jht", "jkk"]),
        "source": st.sampled_from(sources()),
        "sector": st.sampled_from(["transport", "other", "labour_intensive", None]),
        "income_idr": st.integers(0, 30_000_000),
        "wage_idr": st.integers(1_000_000, 30_000_000),
        "risk_class": st.sampled_from(["very_low", "medium", "very_high", None]),
    }
)


def dated(key: str) -> list[loader.Dated]:
    return list(loader.value(key).dated)


def test_every_jp_ceiling_follows_from_the_one_before_by_growth_cut_to_a_hundred() -> None:
    ceilings, growths = dated("pu.jp_upah_tertinggi"), dated("pu.jp_pertumbuhan")
    (multiple,) = dated("pu.jp_kelipatan")
    assert ceilings[0].value == 7_000_000
    assert [one.since.year for one in ceilings] == list(range(2015, 2027))
    for before, now, growth in zip(ceilings, ceilings[1:], growths, strict=False):
        assert (now.since, now.until) == (growth.since, growth.until)
        assert now.since == dt.date(now.since.year, 3, 1)
        assert ceiling_after(before.value, growth.value, multiple.value) == now.value, now.since
    assert len(growths) == len(ceilings) - 1
    falls = [now.since.year for before, now in pairwise(ceilings) if now.value < before.value]
    assert falls == [2021]


def payable(**case: Any) -> dict[str, Any]:
    return price.payable(pl.DataFrame([case], infer_schema_length=None)).row(0, named=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 50_000_000_000), min_size=1, max_size=30))
def test_construction_equals_its_tiers_in_fractions(values: list[int]) -> None:
    frame = pl.DataFrame({"contract_value_idr": values}).with_columns(
        kind=pl.lit("jakon"), month=pl.lit(dt.date(2026, 4, 1)), programmes=pl.lit("jkk+jkm")
    )
    made = price.payable(frame)
    for value, total in zip(values, made["iuran_idr"], strict=True):
        ends = [start for start, _ in TIERS[1:]] + [value]
        exact = sum(
            (min(value, end) - start) * rate
            for (start, rate), end in zip(TIERS, ends, strict=True)
            if value > start
        )
        # JKK and JKM are each rounded to a rupiah.
        assert abs(total - exact) <= 1
    assert made["iuran_idr"].dtype == pl.Int64


@pytest.mark.parametrize("edge", [start for start, _ in TIERS[1:]])
def test_tiers_are_continuous(edge: int) -> None:
    sums = [payable(kind="jakon", month=dt.date(2026, 4, 1), contract_value_idr=edge + d) for d in (-1, 0, 1)]
    totals = [one["iuran_idr"] for one in sums]
    assert totals[0] <= totals[1] <= totals[2] <= totals[0] + 2


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 20_000_000_000), st.integers(0, 20_000_000_000))
def test_construction_never_falls_as_the_contract_grows(value: int, more: int) -> None:
    one, other = (
        payable(kind="jakon", month=dt.date(2024, 4, 1), contract_value_idr=v)["iuran_idr"]
        for v in (value, value + more)
    )
    assert one <= other


@settings(max_examples=20, deadline=None)
@given(st.lists(PERSON, min_size=1, max_size=12))
def test_a_span_costs_the_sum_of_its_months(cases: list[dict[str, Any]]) -> None:
    frame = pl.DataFrame(
        cases, infer_schema_length=None, schema_overrides={"sector": pl.String, "risk_class": pl.String}
    )
    paid = advance.payment(frame)
    for case, whole in zip(cases, paid.iter_rows(named=True), strict=True):
        first = Month.of(case["month"])
        months = [one.first for one in first.until(first + case["months"] - 1)]
        each = price.monthly(
            frame.head(1)
            .clear(n=len(months))
            .with_columns(
                pl.Series("month", months),
                *(pl.lit(v).cast(frame.schema[k]).alias(k) for k, v in case.items() if k != "month"),
            )
        )
        assert [whole[name] for name in price.SUMS] == [each[name].sum() for name in price.SUMS]
        assert whole["last_month"] == months[-1]
        cited = {part for text in each["price_articles"] for part in text.split("; ")}
        assert set(whole["price_articles"].split("; ")) == cited


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(PERSON, st.integers(0, 3_000_000)), min_size=1, max_size=8))
def test_months_bought_cost_what_was_spent_and_one_more_is_not_affordable(
    rows: list[tuple[dict[str, Any], int]],
) -> None:
    cases = [{**case, "amount_idr": amount} for case, amount in rows]
    frame = pl.DataFrame(
        cases, infer_schema_length=None, schema_overrides={"sector": pl.String, "risk_class": pl.String}
    ).drop("months")
    bought = conversion.months(frame)
    more = advance.payment(bought.select(frame.columns).with_columns(months=bought["months"] + 1))
    same = advance.payment(
        bought.select(frame.columns).with_columns(months=pl.max_horizontal(bought["months"], 1))
    )
    for row, exact, next_ in zip(
        bought.iter_rows(named=True), same["iuran_idr"], more["iuran_idr"], strict=True
    ):
        assert row["spent_idr"] + row["left_idr"] == row["amount_idr"]
        assert row["spent_idr"] == (exact if row["months"] else 0)
        assert next_ > row["amount_idr"]


def test_spans_of_different_lengths_and_impossible_ones_stay_in_their_rows() -> None:
    frame = pl.DataFrame(
        {
            "month": [
                dt.date(2026, 11, 1),
                dt.date(2026, 11, 1),
                None,
                dt.date(2026, 11, 1),
                dt.date(2030, 1, 1),
            ],
            "months": [12, 0, 3, 1, 2],
            "kind": "bpu",
            "programmes": "jkk+jkm",
            "source": "self",
        }
    )
    made = advance.payment(frame)
    assert made["iuran_idr"].to_list() == [184_800, None, None, 8_400, 33_600]
    assert made["price_reason"].to_list() == [None, "lama-bayar-keliru", "bulan-tidak-ada", None, None]


def test_no_sums_at_all_are_no_fault() -> None:
    empty = pl.DataFrame(
        schema={"month": pl.Date, "kind": pl.String, "months": pl.Int64, "amount_idr": pl.Int64}
    )
    assert (
        advance.payment(empty).height == conversion.months(empty).height == price.payable(empty).height == 0
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(-(2**62), 2**62)),
            st.one_of(st.none(), st.integers(0, 3)),
            st.one_of(st.none(), st.sampled_from(["a", "b", ""])),
            st.one_of(st.none(), st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))),
            st.one_of(st.none(), st.booleans()),
            st.integers(-(2**62), 2**62),
        ),
        max_size=30,
    )
)
def test_distinct_rows_put_back_are_the_rows(rows: list[tuple[Any, ...]]) -> None:
    frame = pl.DataFrame(
        rows,
        schema={"a": pl.Int64, "b": pl.Int64, "c": pl.String, "d": pl.Date, "e": pl.Boolean, "f": pl.Int64},
        orient="row",
    )
    first, place = distinct(frame)
    assert frame[first][place].equals(frame)
    assert len(first) == frame.unique().height


@pytest.mark.parametrize(
    "local",
    [
        (),
        (
            LocalSetting("bpu.sela_golongan", "atas", dt.date(2024, 1, 1), None, "Disnaker", "surat"),
            LocalSetting(
                "bpu.penghasilan_terendah", "2602931", dt.date(2025, 1, 1), None, "Disnaker", "surat"
            ),
        ),
    ],
)
def test_incomes_treated_alike_are_priced_as_they_would_be_alone(local: tuple[LocalSetting, ...]) -> None:
    law = Law(local)
    near = {turn + more for turn in bpu.turns(law) for more in (-1, 0, 1)}
    edges = sorted(near | set(range(0, 25_000_000, 7_919)))
    months = [dt.date(2023, 5, 1), dt.date(2024, 6, 1), dt.date(2026, 5, 1)]
    frame = pl.DataFrame({"income_idr": edges}).join(pl.DataFrame({"month": months}), how="cross")
    frame = frame.with_columns(
        kind=pl.lit("bpu"), programmes=pl.lit("jkk+jkm+jht"), source=pl.lit("self"), sector=pl.lit("other")
    )
    assert various(frame["income_idr"])
    together = price.monthly(frame, local)
    missing = {n: pl.lit(None, k) for n, k in columns.PRICE.items() if n not in frame.columns}
    alone = price.priced(frame.with_columns(**missing).select(list(columns.PRICE)), law)
    assert together.select(alone.columns).equals(alone)
    assert together["income_idr"].to_list() == frame["income_idr"].to_list()
    assert alike(law, frame)["income_idr"].n_unique() < 110
