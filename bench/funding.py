"""Funding: waterfall and optimum over 254 villages, 12 segments, 8 sources and 300,000 people.

Reports seconds, what the order by rule loses against the linear program's bound, and how near to that
bound the allocation in whole people comes. The people and budgets are invented; the shape is that of
Lombok Timur: village money in every village, DBHCHT for 17,395, a thin province, two donors.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from jaring.facts.month import Month
from jaring.funding import optimum, waterfall

APRIL = Month(2026, 4)
ORDER = ("add", "dana_desa", "dbhcht", "province", "apbd", "csr", "bank", "zakat")
SEGMENTS = [f"s{number:02d}" for number in range(12)]
#: Which segments each source may pay for; the donors take anybody.
LAWFUL = {
    "add": SEGMENTS[:5],
    "dana_desa": SEGMENTS[2:4],
    "dbhcht": SEGMENTS[5:9],
    "province": SEGMENTS[6:8],
    "apbd": SEGMENTS,
    "csr": SEGMENTS,
    "bank": SEGMENTS[8:],
    "zakat": SEGMENTS[9:11],
}
FULL, HALF = 16_800, 8_400
#: The discount of PP 50/2025 does not reach money of APBN and APBD.
DISCOUNTED = {"csr", "bank", "zakat"}


def regency(people: int, villages: int = 254, seed: int = 7) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Candidates and funds. Weight follows rank, as it does in ``funding.candidates``."""
    dice = np.random.default_rng(seed)
    rank = dice.permutation(people)
    persons = pl.DataFrame(
        {
            "person_id": np.arange(1, people + 1),
            "desa_code": pl.Series(dice.integers(0, villages, people)).cast(pl.String),
            "segment": np.array(SEGMENTS)[dice.integers(0, 12, people)],
            "rank": rank,
            "weight": 3 - rank * 3 // people,
        }
    ).with_columns(already_source=pl.lit(None, pl.String))
    offers = [
        persons.filter(pl.col("segment").is_in(segments)).with_columns(
            source=pl.lit(source), prices_idr=pl.lit([HALF if source in DISCOUNTED else FULL] * 9)
        )
        for source, segments in LAWFUL.items()
    ]
    whole = dt.date(2026, 1, 1), dt.date(2026, 12, 1)
    rows: list[tuple[Any, ...]] = [
        ("DBHCHT-2026", "dbhcht", None, 2_630_124_000, dt.date(2026, 4, 1), whole[1]),
        ("PROVINCE-2026", "province", None, 8_100 * 9 * FULL, *whole),
        ("APBD-2026", "apbd", None, 30_000 * 9 * FULL, *whole),
        ("CSR-A", "csr", None, 1_000 * 2 * HALF, dt.date(2026, 4, 1), dt.date(2026, 5, 1)),
        ("CSR-B", "csr", None, 3_000 * 6 * HALF, dt.date(2026, 4, 1), dt.date(2026, 9, 1)),
        ("BANK-2026", "bank", None, 2_000 * 9 * HALF, *whole),
        ("ZAKAT-2026", "zakat", None, 1_500 * 9 * HALF, *whole),
        *((f"ADD-{v}", "add", str(v), 20_000_000, *whole) for v in range(villages)),
        *((f"DANA-DESA-{v}", "dana_desa", str(v), 3_000_000, *whole) for v in range(villages)),
    ]
    funds = pl.DataFrame(
        [(code, source, desa, [], money, start, end) for code, source, desa, money, start, end in rows],
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
    return pl.concat(offers), funds


def run(people: int = 300_000, repeats: int = 3) -> dict[str, Any]:
    """The figures of one run; seconds are the best of ``repeats``."""
    candidates, funds = regency(people)
    ready, prepared = _timed(lambda: waterfall.prepare(candidates, funds, month=APRIL, order=ORDER), repeats)
    (awards, waiting), walked = _timed(lambda: waterfall.walk(ready), repeats)
    best, solved = _timed(lambda: optimum.best(ready), repeats)
    rule = ready.weighted(awards)
    _check(awards, funds)
    _check(best.awards, funds)
    return {
        "people": people,
        "offers": candidates.height,
        "funds": funds.height,
        "cells": best.cells,
        "prepare_seconds": round(prepared, 2),
        "waterfall_seconds": round(walked, 2),
        "optimum_seconds": round(solved, 2),
        "rule_people": awards.height,
        "waiting": waiting.height,
        "optimum_people": best.awards.height,
        "rule_weighted": rule,
        "optimum_weighted": best.weighted,
        "bound_weighted": best.bound,
        "rule_over_optimum": round(rule / best.weighted, 4),
        "rule_loses_of_bound": round(1 - rule / best.bound, 4),
        "optimum_loses_of_bound": round(1 - best.weighted / best.bound, 6),
    }


def _check(awards: pl.DataFrame, funds: pl.DataFrame) -> None:
    """No fund over its budget, no person twice: in whole rupiah, after every run."""
    spent = awards.group_by("fund").agg(pl.col("total_idr").sum()).join(funds, on="fund")
    assert (spent["total_idr"] <= spent["available_idr"]).all()
    assert awards["person_id"].is_unique().all()


def _timed(work: Callable[[], Any], repeats: int) -> tuple[Any, float]:
    seconds, answer = float("inf"), None
    for _ in range(repeats):
        started = time.perf_counter()
        answer = work()
        seconds = min(seconds, time.perf_counter() - started)
    return answer, seconds


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:24} {value}")
