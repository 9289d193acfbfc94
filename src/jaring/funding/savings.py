"""Rupiah that would have been paid twice: what the lists ask for, less what one payer pays. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Savings:
    """``people``: one row per person claimed more than once. The sums are of those rows.

    ``person_id, claims, claimed_idr, kept_idr, saved_idr, payer``: what all claims together would
    have cost, what the one payer pays, the difference, and who that is.
    """

    people: pl.DataFrame
    claimed_idr: int
    kept_idr: int
    saved_idr: int


def saved(claims: pl.DataFrame, payers: pl.DataFrame) -> Savings:
    """Compare claims with the one payer of each person.

    ``claims``: one row per list line that a payer would have paid on its own: ``person_id, list,
    source, price_idr`` (over the same months for every claim of a person). ``payers``: ``person_id,
    payer, paid_idr`` of those who are paid for; a payer outside (an employer, the person) pays 0 of
    ours. A person without a payer saves all claims but the dearest: it would have been paid once.
    """
    each = (
        claims.group_by("person_id")
        .agg(
            claims=pl.len().cast(pl.Int64),
            claimed_idr=pl.col("price_idr").sum(),
            dearest=pl.col("price_idr").max(),
        )
        .join(payers.select("person_id", "payer", "paid_idr"), on="person_id", how="left")
        .with_columns(kept_idr=pl.coalesce("paid_idr", "dearest"))
        .filter((pl.col("claims") > 1) | (pl.col("paid_idr") == 0))
        .with_columns(saved_idr=pl.max_horizontal(pl.col("claimed_idr") - pl.col("kept_idr"), pl.lit(0)))
        .select("person_id", "claims", "claimed_idr", "kept_idr", "saved_idr", "payer")
        .sort("person_id")
    )
    claimed, kept, saved_ = (int(each[name].sum()) for name in ("claimed_idr", "kept_idr", "saved_idr"))
    return Savings(each, claimed, kept, saved_)
