"""The only writer of decisions: new ones beside the old, in bulk."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from django.db import connection, transaction

from jaring.decide.models import Decision
from jaring.decide.rules import OUTCOME, decide
from jaring.facts.month import Month
from jaring.journal.actions import record
from jaring.law import columns, digest
from jaring.law.settings import LocalSetting
from jaring.tables.frames import copy_in, copy_in_table, read

#: What was known, and what was decided: two decisions are the same when all of these are.
FACTS = (*(name for name in columns.WORKER if name not in {"person_id", "month"}), "facts_from")
_SAID = (*FACTS, *OUTCOME)
#: Neither the list a fact was taken from nor the reasons and articles: a third of what is stored.
_PRICED = tuple(
    name
    for name in _SAID
    if name not in {"facts_from", "reason", "reasons", "carried_on", "articles", "warnings"}
)


@transaction.atomic
def store(
    month: Month, decisions: pl.DataFrame, *, by: str, settings: Sequence[LocalSetting] = ()
) -> dict[str, int]:
    """Keep the decisions of a month (``rules.decide`` on ``workers.build``); counts of what changed.

    A decision that says the same of the same facts stands as it is. One that differs is written
    beside the old one, which is marked as superseded. People not in the frame are left alone.
    """
    with connection.cursor() as cursor:
        # Two runs of one month would both find the same decisions standing.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('decide'), %s)", [month.ordinal])
    wanted = decisions.select("person_id", "month", *_SAID)
    if (wanted["month"] != month.first).any() or wanted["person_id"].is_duplicated().any():
        raise ValueError("decisions must be of one month and one per person")
    old = standing(month).select("person_id", *_SAID, "version")
    both = wanted.join(old, on="person_id", how="left", suffix="_old", maintain_order="left")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_old")) for name in _SAID)
    changed = both.filter(pl.col("version").is_null() | differs)
    fresh = changed.select(
        "person_id",
        "month",
        *_SAID,
        version=pl.col("version").fill_null(0) + 1,
        law_digest=pl.lit(digest(settings)),
    )
    replaced = changed.filter(pl.col("version").is_not_null()).select("person_id")
    if replaced.height:
        _supersede(month, replaced)
    copy_in(fresh, Decision)
    counts = {
        "decided": wanted.height,
        "eligible": int(wanted["eligible"].sum()),
        "new": fresh.height - replaced.height,
        "changed": replaced.height,
    }
    if fresh.height:
        record("decide.store", str(month), by=by, **counts, law=digest(settings))
    return counts


def standing(month: Month) -> pl.DataFrame:
    """The decisions of a month that stand: facts, outcome, version and law digest."""
    names = ", ".join(("person_id", "month", *_SAID, "version", "law_digest"))
    # The names are the columns of our own model; the month is bound.
    query = f"SELECT {names} FROM decide_decision WHERE month = %s AND superseded_at IS NULL"  # noqa: S608
    return read(query, [month.first])


def eligible(month: Month) -> pl.DataFrame:
    """Those of a month's standing decisions that are eligible, with what an offer of money rests on."""
    names = ", ".join(("person_id", "month", *_PRICED))
    query = f"SELECT {names} FROM decide_decision WHERE month = %s AND superseded_at IS NULL AND eligible"  # noqa: S608
    return read(query, [month.first])


def recompute(month: Month, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """``person_id`` and the columns that came out differently when the month's facts are decided anew.

    Empty when every standing decision follows from its stored facts and the law.
    """
    stored = standing(month)
    again = decide(stored.drop(OUTCOME), settings)
    both = stored.join(again.select("person_id", *OUTCOME), on="person_id", suffix="_again")
    marks = [
        pl.when(pl.col(name).ne_missing(pl.col(f"{name}_again"))).then(pl.lit(name)).alias(name)
        for name in OUTCOME
    ]
    return (
        both.select("person_id", differs=pl.concat_list(marks).list.drop_nulls())
        .filter(pl.col("differs").list.len() > 0)
        .sort("person_id")
    )


def _supersede(month: Month, people: pl.DataFrame) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE replaced (person_id bigint) ON COMMIT DROP")
        copy_in_table(people, "replaced")
        cursor.execute(
            """UPDATE decide_decision d SET superseded_at = now() FROM replaced r
                WHERE d.person_id = r.person_id AND d.month = %s AND d.superseded_at IS NULL""",
            [month.first],
        )
        cursor.execute("DROP TABLE replaced")
