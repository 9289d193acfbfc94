"""Decisions become candidates by the real law: prices, bars and order as the regulations say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from jaring.facts.month import Month
from jaring.funding.candidates import CANDIDATES, build
from jaring.funding.savings import saved
from jaring.funding.sources import ORDER
from jaring.funding.waterfall import allocate
from jaring.law import eligibility
from jaring.law.columns import WORKER

APRIL = Month(2026, 4)
SELONG = "52.03.07.2001"


def decided(*rows: dict[str, Any], month: Month = APRIL) -> pl.DataFrame:
    """Workers with the law's answer, as the decisions are kept."""
    silent = {"birth_date": dt.date(1985, 3, 1), "desa_code": SELONG, "sector": "other", "desil": 4}
    own = [{"person_id": n, "month": month.first, **silent, **row} for n, row in enumerate(rows, start=1)]
    known = {name: kind for name, kind in WORKER.items() if any(name in row for row in own)}
    workers = pl.DataFrame(own, schema=known)
    answer = eligibility.test(workers).select("person_id", "eligible")
    return workers.join(answer, on="person_id")


def candidates(*rows: dict[str, Any], month: Month = APRIL, order: tuple[str, ...] = ORDER) -> dict[Any, Any]:
    frame = build(decided(*rows, month=month), month=month, order=order)
    assert frame.schema == CANDIDATES
    return {(r["person_id"], r["source"]): r for r in frame.iter_rows(named=True)}


def test_a_farmer_costs_16800_a_month_from_dbhcht_whatever_the_discount_gives_others() -> None:
    found = candidates({"segments": ["petani_tembakau"]})
    assert found[1, "dbhcht"]["prices_idr"] == [16_800] * 9
    assert (found[1, "dbhcht"]["kind"], found[1, "dbhcht"]["programmes"]) == ("bpu", "jkk+jkm")
    # PP 50/2025: half of JKK and JKM, April to December 2026, not where APBN or APBD pays.
    assert found[1, "csr"]["prices_idr"] == [8_400] * 9
    assert found[1, "apbd"]["prices_idr"] == [16_800] * 9


def test_the_price_of_a_span_is_that_of_each_of_its_months() -> None:
    found = candidates({"segments": ["petani_tembakau"]}, month=Month(2026, 2))
    assert found[1, "csr"]["prices_idr"] == [16_800] * 2 + [8_400] * 9
    frame = build(
        decided({"segments": ["petani_tembakau"]}), month=APRIL, order=["csr"], until=Month(2027, 2)
    )
    assert frame["prices_idr"].to_list() == [[8_400] * 9 + [16_800] * 2]


def test_a_village_official_on_the_farmer_list_is_barred_from_dbhcht_and_paid_from_add() -> None:
    found = candidates(
        {"segments": ["petani_tembakau", "perangkat_desa"], "wage_idr": 2_022_200},
        {"segments": ["petani_tembakau"]},
    )
    assert (1, "dbhcht") not in found
    assert (2, "dbhcht") in found
    assert (1, "dana_desa") not in found
    add = found[1, "add"]
    assert (add["segment"], add["kind"]) == ("perangkat_desa", "pu")
    assert add["base_idr"] == 2_022_200


def test_who_is_not_eligible_is_no_candidate() -> None:
    found = candidates({"segments": ["nelayan"]}, {"segments": ["nelayan"], "alive": False})
    assert {person for person, _ in found} == {1}


def test_who_no_source_may_pay_stands_in_line_with_the_reason() -> None:
    # Permendesa PDT 16/2025 bars Dana Desa for village officials.
    frame = build(decided({"segments": ["perangkat_desa"]}), month=APRIL, order=["dana_desa"])
    assert frame.select("person_id", "source", "prices_idr").rows() == [(1, None, None)]
    waiting = allocate(frame, _funds(("X", "apbd", 10**9)), month=APRIL, order=["dana_desa"])[1]
    assert waiting["reason"].to_list() == ["tanpa-sumber"]


def test_nobody_eligible_gives_an_empty_frame() -> None:
    assert build(decided({"segments": ["nelayan"], "alive": False}), month=APRIL, order=ORDER).height == 0


def _funds(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [(c, s, None, [], money, dt.date(2026, 4, 1), dt.date(2026, 12, 1)) for c, s, money in rows],
        schema={
            "fund": pl.String,
            "source": pl.String,
            "desa_code": pl.String,
            "segments": pl.List(pl.String),
            "available_idr": pl.Int64,
            "month_from": pl.Date,
            "month_to": pl.Date,
        },
        orient="row",
    )


@pytest.mark.big
def test_dbhcht_2025_pays_its_17395_farmers_and_not_one_more_through_the_real_law() -> None:
    # programme.md 1.4: 17,395 people, Rp2,630,124,000, April to December.
    april = Month(2025, 4)
    count = 17_396
    workers = pl.DataFrame({"person_id": range(1, count + 1)}, schema={"person_id": pl.Int64}).with_columns(
        month=pl.lit(april.first),
        birth_date=pl.lit(dt.date(1980, 1, 1)),
        desa_code=pl.lit(SELONG),
        desil=pl.lit(3, pl.Int64),
        sector=pl.lit("other"),
        segments=pl.lit(["petani_tembakau"]),
    )
    answer = eligibility.test(workers).select("person_id", "eligible")
    frame = build(workers.join(answer, on="person_id"), month=april, order=["dbhcht"])
    funds = _funds(("DBHCHT-2025", "dbhcht", 2_630_124_000)).with_columns(
        month_from=pl.lit(dt.date(2025, 4, 1)), month_to=pl.lit(dt.date(2025, 12, 1))
    )
    awards, waiting = allocate(frame, funds, month=april, order=["dbhcht"])
    assert (awards.height, awards["total_idr"].sum()) == (17_395, 2_630_124_000)
    assert waiting.select("rank", "reason", "fund").rows() == [(17_396, "pagu-habis", "DBHCHT-2025")]


def test_one_person_on_four_lists_has_one_payer_and_the_rest_is_reported_as_saved() -> None:
    claims = pl.DataFrame(
        {
            "person_id": [1, 1, 1, 1, 2, 3, 3, 4],
            "list": ["petani", "dtsen", "umkm", "aparatur", "petani", "petani", "petani", "petani"],
            "source": ["dbhcht", "apbd", "apbd", "add", "dbhcht", "dbhcht", "dbhcht", "dbhcht"],
            "price_idr": [151_200, 151_200, 151_200, 98_712, 151_200, 151_200, 151_200, 151_200],
        }
    )
    payers = pl.DataFrame(
        {"person_id": [1, 2, 4], "payer": ["add", "dbhcht", "employer"], "paid_idr": [98_712, 151_200, 0]}
    )
    found = saved(claims, payers)
    assert found.people.rows() == [
        (1, 4, 552_312, 98_712, 453_600, "add"),
        (3, 2, 302_400, 151_200, 151_200, None),
        (4, 1, 151_200, 0, 151_200, "employer"),
    ]
    assert (found.claimed_idr, found.kept_idr, found.saved_idr) == (1_005_912, 249_912, 756_000)
