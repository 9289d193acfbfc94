"""Counting a month and keeping the figures; the only writer of this room."""

from __future__ import annotations

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.coverage.measures import Inputs, measures
from jaring.coverage.models import Figure
from jaring.facts.month import Month
from jaring.facts.region import Region
from jaring.journal.actions import record
from jaring.tables.frames import copy_in, read

_SAME = ("numerator", "numerator_definition", "denominator", "denominator_definition", "as_of", "source")


@transaction.atomic
def keep(inputs: Inputs, *, by: str) -> dict[str, int]:
    """Count every measure for the month and store what changed. Counting the same twice stores nothing."""
    fresh = pl.concat(
        [
            module.figures(inputs)
            .with_columns(measure=pl.lit(module.KEY), numerator=pl.col("numerator").cast(pl.Int64))
            .with_columns(pl.col("denominator").cast(pl.Int64), pl.col("as_of").cast(pl.Date))
            for module in measures()
        ]
    ).with_columns(month=pl.lit(inputs.month.first))
    fresh = _labelled(fresh, inputs.region)
    current = _current(inputs.month)
    keys = ["measure", "dimension", "code"]
    changed = fresh.join(current.select(*keys, *_SAME), on=[*keys, *_SAME], how="anti", nulls_equal=True)
    gone = current.join(fresh.select(keys), on=keys, how="anti")
    stale = pl.concat([current.join(changed.select(keys), on=keys, how="semi"), gone])["id"].to_list()
    if not stale and changed.is_empty():
        return {"figures": fresh.height, "changed": 0}
    now = timezone.now()
    Figure.objects.filter(id__in=stale).update(superseded_at=now)
    columns = ["measure", "month", "dimension", "code", "label", *_SAME]
    copy_in(changed.select(columns).with_columns(counted_at=pl.lit(now.isoformat())), Figure)
    record("cakupan dihitung", str(inputs.month), by=by, figures=fresh.height, changed=changed.height)
    return {"figures": fresh.height, "changed": changed.height}


def _current(month: Month) -> pl.DataFrame:
    return read(
        """SELECT id, measure, dimension, code, numerator, numerator_definition, denominator,
                  denominator_definition, as_of, source
             FROM coverage_figure WHERE month = %s AND superseded_at IS NULL""",
        [month.first],
    )


def _labelled(frame: pl.DataFrame, region: Region) -> pl.DataFrame:
    names = pl.concat(
        [
            region.units.select("code", label="name"),
            region.kecamatan.select("code", label="name"),
            pl.DataFrame({"code": ["semua"], "label": [region.name]}),
        ]
    )
    return frame.join(names, on="code", how="left").with_columns(
        label=pl.coalesce("label", pl.col("code").str.replace_all("_", " "))
    )


def month_inputs(month: Month, region: Region, people: pl.DataFrame) -> Inputs:
    """The frames of a month, read from the person-months."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(month) FROM enrolment_personmonth WHERE source_kind = 'insurer_list'")
        found = cursor.fetchone()[0]
    observed_month = Month.of(found) if found else None
    columns = (
        "SELECT person_id, segment, source FROM enrolment_personmonth WHERE state = 'paid' AND month = %s"
    )
    return Inputs(
        month=month,
        region=region,
        people=people,
        paid=read(columns, [month.first]),
        observed=read(columns, [observed_month.first]) if observed_month else _no_one(),
        observed_month=observed_month,
    )


def _no_one() -> pl.DataFrame:
    return pl.DataFrame(schema={"person_id": pl.Int64, "segment": pl.String, "source": pl.String})
