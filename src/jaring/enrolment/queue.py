"""Open places and who stands next for each: the allocation decides, this shows. Reads, never writes."""

from __future__ import annotations

import polars as pl

from jaring.tables.frames import read


def vacancies() -> pl.DataFrame:
    """Every place that fell free: who left, why, on what proof, who came, from which month.

    ``vacancy_id, left_person_id, reason, proof, fund, source, wadah, month_from, month_to, free_idr,
    came_person_id, came_from``
    """
    return read(
        """SELECT v.id AS vacancy_id, v.left_person_id, v.reason, v.proof, f.code AS fund, v.source, v.wadah,
                  v.month_from, v.month_to, v.free_idr, v.came_person_id, v.came_from
             FROM enrolment_vacancy v JOIN funding_fund f ON f.id = v.fund_id ORDER BY v.month_from, v.id"""
    )


def next_in_line() -> pl.DataFrame:
    """The open places of each fund beside the waiting list of the last approved proposal, by rank.

    Whom somebody holds back stands in ``pausing.left_out`` instead.
    ``vacancy_id, fund, month_from, person_id, rank, reason``; ``person_id`` is null when nobody waits."""
    open_ = vacancies().filter(pl.col("came_person_id").is_null())
    waiting = read(
        """SELECT w.person_id, w.rank::bigint AS rank, w.reason, w.source, w.fund_code
             FROM funding_waiting w
            WHERE w.proposal_id = (SELECT max(id) FROM funding_proposal WHERE state = 'approved')
              AND w.source <> '' AND NOT EXISTS (
                  SELECT 1 FROM funding_award a WHERE a.person_id = w.person_id AND a.state = 'active')
              AND w.person_id NOT IN (SELECT z.person_id FROM enrolment_open_pauses() z)
            ORDER BY w.rank"""
    )
    nth = pl.int_range(pl.len()).over("source")
    return (
        open_.with_columns(nth=nth)
        .join(
            waiting.rename({"reason": "why"}).with_columns(nth=nth),
            on=["source", "nth"],
            how="left",
            maintain_order="left",
        )
        .select("vacancy_id", "fund", "month_from", "person_id", "rank", reason="why")
    )
