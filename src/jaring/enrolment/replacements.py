"""Places that fell free and who comes, for a page: by code, with names only where they are asked for."""

from __future__ import annotations

from typing import Any

import polars as pl

from jaring.enrolment import pausing, queue
from jaring.enrolment.paperwork import LEFT
from jaring.enrolment.refusals import REFUSALS
from jaring.facts.month import Month
from jaring.tables.frames import read

#: Why a place fell free: a mutation, a refusal of the insurer, or nobody mended the data in time.
_WHY = {
    **LEFT,
    **{code: reason.sentence.rstrip(".") for code, reason in REFUSALS.items()},
    "tidak-diperbaiki": "Data tidak diperbaiki pada waktunya",
}


def open_places(*, names: bool = False) -> pl.DataFrame:
    """Places without a successor, the oldest first, each with who stands next.

    ``vacancy_id, fund, source, wadah, month_from, month_to, months, free_idr, left_code, left_desa, why,
    proof, next_code, next_desa, next_rank``; with ``names``, for those who may read people, also
    ``left_public_id, left_name, next_public_id, next_name``. ``next_code`` is null where nobody waits.
    """
    places = queue.vacancies().filter(pl.col("came_person_id").is_null())
    following = queue.next_in_line().select("vacancy_id", next_id="person_id", next_rank="rank")
    whole = places.join(following, on="vacancy_id", how="left", maintain_order="left")
    told = _told(whole, {"left": "left_person_id", "next": "next_id"}, names=names)
    span = pl.col("month_to").dt.year() * 12 + pl.col("month_to").dt.month()
    begun = pl.col("month_from").dt.year() * 12 + pl.col("month_from").dt.month()
    return told.with_columns(months=(span - begun + 1).cast(pl.Int64)).select(
        *("vacancy_id", "fund", "source", "wadah", "month_from", "month_to", "months", "free_idr"),
        *("left_code", "left_desa", "why", "proof", "next_code", "next_desa", "next_rank"),
        *(("left_public_id", "left_name", "next_public_id", "next_name") if names else ()),
    )


def filled(*, names: bool = False) -> pl.DataFrame:
    """Places that somebody took, the newest first: ``vacancy_id, fund, source, wadah, left_code, left_desa,
    why, came_code, came_desa, month_from`` (free since)``, came_from`` (taken from)."""
    taken = queue.vacancies().filter(pl.col("came_person_id").is_not_null())
    told = _told(taken, {"left": "left_person_id", "came": "came_person_id"}, names=names)
    return told.sort("came_from", "vacancy_id", descending=True).select(
        *("vacancy_id", "fund", "source", "wadah", "left_code", "left_desa", "why"),
        *("came_code", "came_desa", "month_from", "came_from"),
        *(("left_public_id", "left_name", "came_public_id", "came_name") if names else ()),
    )


def passed_over(month: Month) -> pl.DataFrame:
    """Who stands in line and is held back by somebody, with the reason ``ditahan`` and why."""
    return pausing.left_out(month).filter(pl.col("door") == "pengganti").drop("door")


def counts() -> list[dict[str, Any]]:
    """By source: ``source, open, waiting`` (places with nobody to take them)``, free_idr, filled``."""
    places = queue.vacancies()
    alone = queue.next_in_line().filter(pl.col("person_id").is_null())["vacancy_id"]
    free = pl.col("came_person_id").is_null()
    return (
        places.group_by("source")
        .agg(
            open=free.sum().cast(pl.Int64),
            waiting=pl.col("vacancy_id").is_in(alone.implode()).sum().cast(pl.Int64),
            free_idr=pl.col("free_idr").filter(free).sum(),
            filled=(~free).sum().cast(pl.Int64),
        )
        .sort("source")
        .to_dicts()
    )


def _told(frame: pl.DataFrame, columns: dict[str, str], *, names: bool) -> pl.DataFrame:
    """Beside each person's column their code and desa, and their name when asked for."""
    ids = sorted({one for column in columns.values() for one in frame[column].drop_nulls().to_list()})
    people = read(
        "SELECT id, public_id, name, desa_code FROM people_person WHERE id = ANY(%s)",
        [ids],
    ).with_columns(code=pl.col("public_id").str.slice(0, 8))
    told = frame.with_columns(why=pl.col("reason").replace(_WHY))
    for role, column in columns.items():
        shown = people.select(
            pl.col("id").alias(column),
            pl.col("code").alias(f"{role}_code"),
            pl.col("desa_code").alias(f"{role}_desa"),
            *(
                [pl.col("name").alias(f"{role}_name"), pl.col("public_id").alias(f"{role}_public_id")]
                if names
                else []
            ),
        )
        told = told.join(shown, on=column, how="left", maintain_order="left")
    return told
