"""Reading funds, awards and the waiting list as frames. Changes nothing."""

from __future__ import annotations

import polars as pl

from jaring.facts.month import Month
from jaring.ledger.balance import by_fund
from jaring.tables.frames import read


def funds() -> pl.DataFrame:
    """Every fund as the waterfall takes it, with its identity and counters.

    ``fund_id, fund, source, year, desa_code, segments, holder, wadah, budget_idr, committed_idr,
    spent_idr, available_idr, month_from, month_to, document``
    """
    return read(
        """SELECT id AS fund_id, code AS fund, source, year::bigint AS year, desa_code,
                  segments::text[] AS segments, holder, wadah, budget_idr, committed_idr, spent_idr,
                  budget_idr - committed_idr AS available_idr, month_from, month_to, document
           FROM funding_fund ORDER BY code"""
    )


def awards(month: Month) -> pl.DataFrame:
    """Active awards that cover ``month``, with the price of that month.

    ``award_id, person_id, proposal_id, fund_id, fund, source, fund_desa_code, wadah, segment, kind,
    programmes, base_idr, month_from, month_to, price_idr, total_idr, rank``
    """
    return read(
        """SELECT a.id AS award_id, a.person_id, a.proposal_id, f.id AS fund_id, f.code AS fund, f.source,
                  f.desa_code AS fund_desa_code, f.wadah, a.segment, a.kind, a.programmes, a.base_idr,
                  a.month_from, a.month_to,
                  a.prices_idr[(1 + extract(year FROM age(%(month)s::date, a.month_from)) * 12
                    + extract(month FROM age(%(month)s::date, a.month_from)))::int] AS price_idr,
                  a.total_idr, a.rank::bigint AS rank
           FROM funding_award a JOIN funding_fund f ON f.id = a.fund_id
           WHERE a.state = 'active' AND a.month_from <= %(month)s AND a.month_to >= %(month)s
           ORDER BY a.id""",
        {"month": month.first},
    )


def proposed(proposal_id: int) -> pl.DataFrame:
    """All awards of one proposal, draft or active: as ``awards`` with ``months`` and ``state``."""
    return read(
        """SELECT a.id AS award_id, a.person_id, f.id AS fund_id, f.code AS fund, f.source, a.segment, a.kind,
                  a.programmes, a.base_idr, a.month_from, a.month_to,
                  cardinality(a.prices_idr)::bigint AS months,
                  a.price_idr_month, a.total_idr, a.rank::bigint AS rank, a.state
           FROM funding_award a JOIN funding_fund f ON f.id = a.fund_id
           WHERE a.proposal_id = %s ORDER BY a.rank""",
        [proposal_id],
    )


def waiting(proposal_id: int) -> pl.DataFrame:
    """The waiting list of one proposal: ``person_id, rank, reason, source, fund`` (empty when none)."""
    return read(
        """SELECT person_id, rank::bigint AS rank, reason, source, fund_code AS fund
           FROM funding_waiting WHERE proposal_id = %s ORDER BY rank""",
        [proposal_id],
    )


def disagreements() -> pl.DataFrame:
    """Funds whose counters, awards and ledger do not tell the same; an empty frame when all do.

    ``fund, budget_idr, committed_idr, spent_idr, awarded_idr, pagu_idr, komitmen_idr, realisasi_idr``
    """
    held = read(
        """SELECT f.code AS fund, f.budget_idr, f.committed_idr, f.spent_idr,
                  coalesce(sum(a.total_idr) FILTER (WHERE a.state <> 'draft'), 0)::bigint AS awarded_idr
           FROM funding_fund f LEFT JOIN funding_award a ON a.fund_id = f.id GROUP BY f.id"""
    )
    columns = ["pagu_idr", "komitmen_idr", "realisasi_idr", "tersedia_idr"]
    told = held.join(by_fund().select("fund", *columns), on="fund", how="left").with_columns(
        pl.col(columns).fill_null(0)
    )
    agrees = (
        (pl.col("budget_idr") == pl.col("pagu_idr"))
        & (pl.col("committed_idr") == pl.col("komitmen_idr") + pl.col("realisasi_idr"))
        & (pl.col("spent_idr") == pl.col("realisasi_idr"))
        & (pl.col("committed_idr") == pl.col("awarded_idr"))
        & (pl.col("pagu_idr") == pl.col("tersedia_idr") + pl.col("komitmen_idr") + pl.col("realisasi_idr"))
    )
    return told.filter(~agrees).drop("tersedia_idr").sort("fund")
