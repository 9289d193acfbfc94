"""Our list of a month by programme: JKM, JHT and JP by the law, JKK as what is left. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.facts.month import Month
from jaring.law import price
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read

PROGRAMMES = ("jkk_idr", "jkm_idr", "jht_idr", "jp_idr")
#: Rupiah by which a programme may differ a person: the employer's and the worker's share are each rounded,
#: and no source that was read says how (``rounding``).
SHARES = 2


def own(
    month: Month, wadahs: Sequence[str], states: Sequence[str], settings: Sequence[LocalSetting] = ()
) -> pl.DataFrame:
    """``wadah, jkk_idr, jkm_idr, jht_idr, jp_idr, unsplit_idr`` of the months in those states.

    ``unsplit_idr``: what the law as read does not part, because its base is not known or its sum is another.
    """
    alike = _alike(month, wadahs, states)
    if alike.is_empty():
        return pl.DataFrame(
            schema={"wadah": pl.String} | dict.fromkeys((*PROGRAMMES, "unsplit_idr"), pl.Int64)
        )
    cases = alike.with_columns(
        pl.lit(month.first).alias("month"),
        income_idr=pl.when(pl.col("kind") == "bpu").then("base_idr"),
        wage_idr=pl.when(pl.col("kind") == "pu").then("base_idr"),
        # Only JKK rests on the class of risk, and JKK is what the others leave.
        risk_class=pl.when(pl.col("kind") == "pu").then(pl.lit("very_low")),
        whole=pl.col("iuran_idr"),
    ).drop("iuran_idr")
    # The sector is not kept with a month; where it halves the price, that price tells it.
    tried = [
        price.monthly(cases.with_columns(sector=pl.lit(one)), settings) for one in ("other", "transport")
    ]
    fits = tried[0].select((pl.col("iuran_idr") == pl.col("whole")).fill_null(False)).to_series()
    priced = tried[1].with_columns(
        pl.when(fits).then(tried[0][name]).otherwise(tried[1][name]).alias(name) for name in price.SUMS
    )
    rest = pl.sum_horizontal("jkm_idr", "jht_idr", "jp_idr", ignore_nulls=False)
    # A wage earner's JKK rests on a class of risk that is not kept: there what is left is JKK.
    sure = (pl.col("kind") == "pu") | (pl.col("iuran_idr") == pl.col("whole"))
    parted = rest.is_not_null() & (rest <= pl.col("whole")) & sure.fill_null(False)
    parts = [
        (pl.when(parted).then(pl.col(name)).otherwise(0) * pl.col("people")).alias(name)
        for name in PROGRAMMES[1:]
    ]
    jkk = pl.when(parted).then(pl.col("whole") - rest).otherwise(0) * pl.col("people")
    left = pl.when(parted).then(0).otherwise(pl.col("whole")) * pl.col("people")
    split = priced.select("wadah", *parts, jkk_idr=jkk, unsplit_idr=left)
    return split.group_by("wadah").agg(pl.col(*PROGRAMMES, "unsplit_idr").sum()).sort("wadah")


def _alike(month: Month, wadahs: Sequence[str], states: Sequence[str]) -> pl.DataFrame:
    """Months that cost alike, counted: a wadah of 17,000 people is a handful of rows."""
    return read(
        """SELECT m.wadah, m.source, m.kind, m.programmes, l.base_idr, m.iuran_idr::bigint AS iuran_idr,
                  count(*) AS people
             FROM enrolment_personmonth m
             LEFT JOIN enrolment_decreeline l ON l.decree_id = m.decree_id AND l.person_id = m.person_id
              AND m.month >= l.month_from
              AND m.month < l.month_from + cardinality(l.prices_idr) * interval '1 month'
            WHERE m.month = %s AND m.wadah = ANY(%s) AND m.state = ANY(%s) AND m.source_kind = 'programme'
            GROUP BY 1, 2, 3, 4, 5, 6""",
        [month.first, list(wadahs), list(states)],
    )
