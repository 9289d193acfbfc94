"""Invented people to price: the same columns, incomes and wages for every way of pricing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

#: January to December 2026: a ceiling of JP changes in March, a discount begins in January and April.
YEAR, MONTHS = 2026, 12
SOURCES = np.array(["apbd", "dbhcht", "self", "csr"])
RISKS = np.array(["very_low", "low", "medium", "high", "very_high"])
PROGRAMMES = np.array(["jkk+jkm", "jkk+jkm+jht", "jkk+jkm+jht+jp"])
SECTORS = np.array(["other", "transport"])
#: What every way gives for each person: the year's contributions by programme and in all.
SUMS = ("jkk_idr", "jkm_idr", "jht_idr", "jp_idr", "iuran_idr")


def codes(
    count: int, seed: int = 1, income_step: int = 50_000, wage_step: int = 5_000
) -> dict[str, np.ndarray]:
    """People as small numbers: one in seven an employee, one in ten a driver.

    Incomes and wages are multiples of the steps, as lists write them; steps of 1 make them all differ.
    """
    dice = np.random.default_rng(seed)
    pu = dice.random(count) < 0.15
    return {
        "pu": pu,
        "programmes": np.where(pu, 2, (dice.random(count) < 0.2).astype(np.int8)).astype(np.int8),
        "source": dice.integers(0, len(SOURCES), count, dtype=np.int8),
        "transport": ~pu & (dice.random(count) < 0.1),
        "income_idr": (dice.gamma(2.0, 1_200_000, count) // income_step * income_step).astype(np.int64),
        "wage_idr": (dice.gamma(6.0, 600_000, count) // wage_step * wage_step).astype(np.int64),
        "risk": dice.integers(0, len(RISKS), count, dtype=np.int8),
    }


def frame(people: dict[str, np.ndarray]) -> pl.DataFrame:
    """The same people as the product's rooms hand them to the law."""
    pu = people["pu"]
    told = pl.DataFrame(
        {
            "kind": _texts(np.array(["bpu", "pu"]), pu.astype(np.int8)),
            "programmes": _texts(PROGRAMMES, people["programmes"]),
            "bpu_source": _texts(SOURCES, people["source"]),
            "sector": _texts(SECTORS, people["transport"].astype(np.int8)),
            "income_idr": people["income_idr"],
            "wage_idr": people["wage_idr"],
            "risk_class": _texts(RISKS, people["risk"]),
        }
    )
    is_pu = pl.col("kind") == "pu"
    return told.select(
        pl.lit(dt.date(YEAR, 1, 1)).alias("month"),
        pl.lit(MONTHS, pl.Int64).alias("months"),
        "kind",
        "programmes",
        pl.when(is_pu).then(pl.lit("employer")).otherwise("bpu_source").alias("source"),
        "sector",
        pl.when(~is_pu).then("income_idr").alias("income_idr"),
        pl.when(is_pu).then("wage_idr").alias("wage_idr"),
        pl.when(is_pu).then("risk_class").alias("risk_class"),
    )


def arrays(people: pl.DataFrame) -> dict[str, np.ndarray]:
    """The frame as the arrays that numpy and OpenFisca work on, by the shortest way there is."""

    def code(name: str, words: np.ndarray) -> np.ndarray:
        return people[name].cast(pl.Enum(words.tolist()), strict=False).to_physical().fill_null(0).to_numpy()

    return {
        "pu": (people["kind"] == "pu").to_numpy(),
        "programmes": code("programmes", PROGRAMMES),
        "source": code("source", np.append(SOURCES, "employer")),
        "transport": (people["sector"] == "transport").to_numpy(),
        "income_idr": people["income_idr"].fill_null(0).to_numpy(),
        "wage_idr": people["wage_idr"].fill_null(0).to_numpy(),
        "risk": code("risk_class", RISKS),
    }


def files(folder: Path, count: int, each: int = 10_000_000) -> list[Path]:
    """``count`` people in files of ``each``, every file another draw."""
    made = []
    for number, start in enumerate(range(0, count, each)):
        path = folder / f"orang-{number}.parquet"
        frame(codes(min(each, count - start), seed=number + 1)).write_parquet(path, row_group_size=500_000)
        made.append(path)
    return made


def batches(paths: list[Path], rows: int) -> Iterator[pl.DataFrame]:
    """The files' rows in order, so many at a time; none is read before it is asked for."""
    for path in paths:
        for batch in pq.ParquetFile(path).iter_batches(rows):
            found = pl.from_arrow(batch)
            assert isinstance(found, pl.DataFrame)
            yield found


def _texts(words: np.ndarray, numbers: np.ndarray) -> pl.Series:
    return pl.Series(words).gather(pl.Series(numbers).cast(pl.UInt32))
