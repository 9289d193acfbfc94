"""The optimum: the most weighted person-months that the same money could lawfully buy. Advice only.

People who cost the same from the same funds and weigh the same are one cell (desa and segment matter
exactly as far as they decide that). A linear program over cells and funds gives a bound that nobody
can beat; rounded down per cell, people of a cell taken by rank, and the rest handed out by rank with
what is left, it gives an allocation in whole people that keeps every budget in whole rupiah. Where
rounding loses more than a thousandth (many small village funds), the same program is solved once more
over whole people, within a second.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
import polars as pl

from jaring.facts.month import Month
from jaring.funding import waterfall

#: HiGHS returns fractions within this of the whole number meant.
_NEAR = 1e-6
#: How near to the bound an allocation counts as the optimum.
_CLOSE = 0.999


@dataclass(frozen=True)
class Optimum:
    """``awards`` as the waterfall gives them, their weighted person-months, and the program's bound."""

    awards: pl.DataFrame
    weighted: int
    bound: int
    cells: int

    @property
    def total_idr(self) -> int:
        return int(self.awards["total_idr"].sum())


def solve(
    candidates: pl.DataFrame,
    funds: pl.DataFrame,
    *,
    month: Month,
    order: Sequence[str],
    awarded: Collection[int] = (),
) -> Optimum:
    """Takes what ``waterfall.allocate`` takes. The order of sources only breaks ties of the remainder."""
    return best(waterfall.prepare(candidates, funds, month=month, order=order, awarded=awarded))


def best(run: waterfall.Round) -> Optimum:
    """As ``solve``, for a run that is ready."""
    pairs = waterfall.pairs(run.offers, run.prices, run.windows)
    if pairs.is_empty():
        return Optimum(waterfall.awards_of([], run), 0, 0, 0)
    members, columns = cells(pairs, run.people)
    size = members.group_by("cell").len().sort("cell")["len"].cast(pl.Int64).to_numpy()
    room = _usable(run.windows, pairs)
    amount, bound = _program(columns, size, room, whole=False)
    found = _in_people(run, pairs, members, columns, _rounded_down(amount, columns, size, room))
    if run.weighted(found) < bound * _CLOSE:
        amount, _ = _program(columns, size, room, whole=True)
        again = _in_people(run, pairs, members, columns, _rounded_down(amount, columns, size, room))
        found = max(found, again, key=run.weighted)
    return Optimum(found, run.weighted(found), math.floor(bound + max(1.0, bound) * _NEAR / 100), len(size))


def _in_people(
    run: waterfall.Round,
    pairs: pl.DataFrame,
    members: pl.DataFrame,
    columns: pl.DataFrame,
    whole: npt.NDArray[np.int64],
) -> pl.DataFrame:
    """Numbers per cell and fund become awards of named people, and what is left is handed out."""
    won = _named(members, columns, whole).join(pairs, on=["rank", "at"])
    return waterfall.awards_of([won, *_remainder(won, pairs, run.windows)], run)


def cells(pairs: pl.DataFrame, people: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Who is in which cell (``rank, cell``) and what a cell may get (``cell, at, total_idr, gain``)."""
    pairs = pairs.join(people.select("rank", "weight"), on="rank", how="left", maintain_order="left")
    kinds = (
        pairs.group_by("at", "total_idr", "weight", "months")
        .agg()
        .sort("at", "total_idr", "weight", "months")
        .with_columns(kind=pl.int_range(pl.len(), dtype=pl.Int32))
    )
    told = pairs.join(kinds, on=["at", "total_idr", "weight", "months"], how="left", maintain_order="left")
    offered = told.group_by("rank", maintain_order=True).agg("kind")
    known = (
        offered.group_by("kind")
        .agg(first=pl.col("rank").min())
        .sort("first")
        .with_columns(cell=pl.int_range(pl.len(), dtype=pl.Int64))
    )
    members = offered.join(known.select("kind", "cell"), on="kind").select("rank", "cell").sort("rank")
    columns = (
        known.select("cell", "kind")
        .explode("kind", empty_as_null=True)
        .join(kinds, on="kind")
        .select("cell", "at", "total_idr", gain=pl.col("weight") * pl.col("months"))
        .sort("cell", "at")
    )
    return members, columns


def _usable(windows: pl.DataFrame, pairs: pl.DataFrame) -> npt.NDArray[np.int64]:
    """Money by fund that whole people can use: sums of prices are multiples of what divides them all.

    Without it the bound would count the last fraction of a person in each of some 250 village funds.
    """
    room = windows.sort("at")["available_idr"].to_numpy().astype(np.int64).copy()
    prices = pairs.select("at", "total_idr").unique().group_by("at").agg("total_idr")
    for at, totals in prices.iter_rows():
        step = math.gcd(*totals)
        room[at] -= room[at] % step
    return room


def _program(
    columns: pl.DataFrame, size: npt.NDArray[np.int64], room: npt.NDArray[np.int64], *, whole: bool
) -> tuple[npt.NDArray[np.float64], float]:
    """Solve max Σ gain·x with Σ x ≤ people of the cell and Σ price·x ≤ money of the fund.

    In ``whole`` people the best found within the time is good; else the true optimum or an error.
    """
    count, cell_count = columns.height, len(size)
    cell, at = columns["cell"].to_numpy(), columns["at"].to_numpy()
    # Thousands of rupiah keep the numbers of both kinds of row near each other.
    price, money = columns["total_idr"].to_numpy() / 1000, room / 1000
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, cell_count + len(room)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = columns["gain"].to_numpy().astype(np.float64)
    lp.col_lower_ = np.zeros(count)
    lp.col_upper_ = size[cell].astype(np.float64)
    lp.row_lower_ = np.full(lp.num_row_, -highspy.kHighsInf)
    lp.row_upper_ = np.concatenate([size.astype(np.float64), money])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(0, 2 * count + 1, 2, dtype=np.int32)
    lp.a_matrix_.index_ = np.column_stack([cell, cell_count + at]).ravel().astype(np.int32)
    lp.a_matrix_.value_ = np.column_stack([np.ones(count), price]).ravel()
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    if whole:
        solver.setOptionValue("time_limit", 1.0)
        solver.setOptionValue("mip_rel_gap", (1 - _CLOSE) / 4)
    solver.passModel(lp)
    solver.run()
    if whole and not solver.getSolution().value_valid:
        return np.zeros(count), 0.0
    if not whole and solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the optimum was not found: {solver.getModelStatus()}")
    return np.array(solver.getSolution().col_value), float(solver.getInfo().objective_function_value)


def _rounded_down(
    amount: npt.NDArray[np.float64],
    columns: pl.DataFrame,
    size: npt.NDArray[np.int64],
    room: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """Whole people per cell and fund. Where the solver's tolerance overdraws, people are taken back."""
    whole = np.floor(amount + _NEAR).astype(np.int64).clip(min=0)
    cell, at, price = (columns[name].to_numpy() for name in ("cell", "at", "total_idr"))
    for group, limit, cost in ((cell, size, np.ones_like(price)), (at, room, price)):
        used = np.bincount(group, weights=None, minlength=len(limit)) * 0
        np.add.at(used, group, whole * cost)
        for over in np.flatnonzero(used > limit):
            for column in np.flatnonzero((group == over) & (whole > 0))[::-1]:
                excess = int(used[over] - limit[over])
                back = min(int(whole[column]), -(-excess // int(cost[column])))
                whole[column] -= back
                used[over] -= back * int(cost[column])
                if used[over] <= limit[over]:
                    break
    return whole


def _named(members: pl.DataFrame, columns: pl.DataFrame, whole: npt.NDArray[np.int64]) -> pl.DataFrame:
    """Which person of each cell gets which fund: the best ranks the longest protection. ``rank, at``."""
    shares = (
        columns.with_columns(people=pl.Series(whole))
        .filter(pl.col("people") > 0)
        .sort("cell", "gain", "at", descending=[False, True, False])
        .with_columns(until=pl.col("people").cum_sum().over("cell"))
        .select("cell", "at", "until")
    )
    numbered = members.with_columns(nth=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("cell"))
    return (
        numbered.sort("nth")
        .join_asof(
            shares.sort("until"),
            left_on="nth",
            right_on="until",
            by="cell",
            strategy="forward",
            check_sortedness=False,
        )
        .filter(pl.col("at").is_not_null())
        .select("rank", "at")
    )


def _remainder(won: pl.DataFrame, pairs: pl.DataFrame, windows: pl.DataFrame) -> list[pl.DataFrame]:
    """Those cut off by rounding get what money is left, fund after fund, by rank."""
    room = dict(windows.select("at", "available_idr").iter_rows())
    for at, spent in won.group_by("at").agg(pl.col("total_idr").sum()).iter_rows():
        room[at] -= spent
    left = pl.DataFrame(
        {"at": list(room), "left": list(room.values())}, schema={"at": pl.Int64, "left": pl.Int64}
    )
    open_ = (
        pairs.join(left, on="at")
        .filter(pl.col("total_idr") <= pl.col("left"))
        .drop("left")
        .join(won.select("rank"), on="rank", how="anti")
    )
    more = []
    for layer in windows.partition_by("layer", maintain_order=True):
        pool = open_.join(layer.select("at"), on="at", how="semi").sort("rank", "at")
        more.append(waterfall.fill(pool, room))
        open_ = open_.join(more[-1].select("rank"), on="rank", how="anti")
    return more
