"""The same rules by hand: plain numpy month by month, and Polars written for nothing but this year."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from bench._law_people import MONTHS, SUMS
from jaring.law import in_force

_DAY = dt.date(2026, 1, 1)
_LAW = {key: one.value for key, one in in_force(_DAY).items()}
STARTS, BASES = (np.array([row[n] for row in _LAW["bpu.golongan"]]) for n in (0, 1))
JKM = _LAW["bpu.jkm"]
RISK_RATES = np.array([_LAW[f"pu.jkk_{one}"] for one in ("very_low", "low", "medium", "high", "very_high")])
#: In parts of 100,000: JKM, then JHT and JP of employer and worker.
PU_RATES = (300, 3_700, 2_000, 2_000, 1_000)
CEILINGS = {1: 10_547_400, 3: 11_086_300}
HALF_FROM = {"transport": 1, "other": 4}


def share(amount: np.ndarray, rate: np.ndarray | int) -> np.ndarray:
    return (amount * rate + 50_000) // 100_000


def numpy_year(people: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Twelve months one after the other, each a few whole columns; brackets looked up once."""
    pu, transport = people["pu"], people["transport"]
    base = BASES[np.searchsorted(STARTS, people["income_idr"], side="right") - 1]
    own = (people["source"] == 2) | (people["source"] == 3)
    wage = people["wage_idr"]
    with_jht = people["programmes"] >= 1
    pu_jkk, pu_jkm = share(wage, RISK_RATES[people["risk"]]), share(wage, PU_RATES[0])
    pu_jht = share(wage, PU_RATES[1]) + share(wage, PU_RATES[2])
    jht = np.where(pu, pu_jht, np.where(with_jht, base // 50, 0))
    total = {name: np.zeros(len(pu), np.int64) for name in SUMS}
    for month in range(1, MONTHS + 1):
        half = own & (
            (transport & (month >= HALF_FROM["transport"])) | (~transport & (month >= HALF_FROM["other"]))
        )
        ceiling = CEILINGS[3] if month >= 3 else CEILINGS[1]
        capped = np.minimum(wage, ceiling)
        jkk = np.where(pu, pu_jkk, np.where(half, base // 200, base // 100))
        jkm = np.where(pu, pu_jkm, np.where(half, JKM // 2, JKM))
        jp = np.where(pu, share(capped, PU_RATES[3]) + share(capped, PU_RATES[4]), 0)
        for name, one in zip(SUMS, (jkk, jkm, jht, jp, jkk + jkm + jht + jp), strict=True):
            total[name] += one
    return total


def polars_year(people: pl.LazyFrame) -> pl.LazyFrame:
    """The lower bound: one lazy query that knows this year's months and nothing else."""
    pu = pl.col("kind") == "pu"
    own = pl.col("source").is_in(["self", "csr"])
    halves = pl.when(own).then(pl.when(pl.col("sector") == "transport").then(12).otherwise(9)).otherwise(0)
    wage = pl.col("wage_idr")

    def part(amount: pl.Expr, rate: pl.Expr | int) -> pl.Expr:
        return (amount * rate + 50_000) // 100_000

    def jp(ceiling: int) -> pl.Expr:
        capped = pl.min_horizontal(wage, ceiling)
        return part(capped, PU_RATES[3]) + part(capped, PU_RATES[4])

    base = pl.col("income_idr").map_batches(_bases, return_dtype=pl.Int64, is_elementwise=True)
    risk = pl.col("risk_class").replace_strict(
        ["very_low", "low", "medium", "high", "very_high"], RISK_RATES.tolist(), return_dtype=pl.Int64
    )
    with_jht = pl.col("programmes") != "jkk+jkm"
    return (
        people.with_columns(base=base, halves=halves)
        .select(
            jkk_idr=pl.when(pu)
            .then(12 * part(wage, risk))
            .otherwise(pl.col("base") // 200 * (24 - pl.col("halves"))),
            jkm_idr=pl.when(pu)
            .then(12 * part(wage, PU_RATES[0]))
            .otherwise(JKM // 2 * (24 - pl.col("halves"))),
            jht_idr=12
            * pl.when(pu)
            .then(part(wage, PU_RATES[1]) + part(wage, PU_RATES[2]))
            .when(with_jht)
            .then(pl.col("base") // 50)
            .otherwise(0),
            jp_idr=pl.when(pu).then(2 * jp(CEILINGS[1]) + 10 * jp(CEILINGS[3])).otherwise(0),
        )
        .with_columns(iuran_idr=pl.sum_horizontal(SUMS[:4]))
    )


def _bases(incomes: pl.Series) -> pl.Series:
    found = np.searchsorted(STARTS, incomes.fill_null(0).to_numpy(), side="right") - 1
    return pl.Series(incomes.name, BASES[found])
