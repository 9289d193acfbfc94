"""Our list of a month by programme: JKM, JHT and JP by the law, JKK as what is left. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.enrolment.models import Bill
from jaring.facts.month import Month
from jaring.facts.rupiah import written
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
    priced = price.monthly(cases, settings)
    rest = pl.sum_horizontal("jkm_idr", "jht_idr", "jp_idr", ignore_nulls=False)
    parted = rest.is_not_null() & (rest <= pl.col("whole"))
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


def apart(bills: Sequence[Bill], settings: Sequence[LocalSetting] = ()) -> dict[int, str]:
    """Of bills that are right as a whole: those whose programmes differ by more than rounding, and how.

    Where the law as read does not part our own sum, nothing is said.
    """
    told: dict[int, str] = {}
    for month in sorted({bill.month for bill in bills}):
        listed = [bill for bill in bills if bill.month == month]
        found = own(Month.of(month), [bill.wadah for bill in listed], ["enrolled"], settings)
        sums = {row["wadah"]: row for row in found.iter_rows(named=True)}
        for bill in listed:
            ours = sums.get(bill.wadah)
            if ours is None or ours["unsplit_idr"]:
                continue
            wrong = [n for n in PROGRAMMES if abs(ours[n] - getattr(bill, n)) > SHARES * bill.people]
            if wrong:
                parts = (
                    f"{n.removesuffix('_idr').upper()} ditagih {written(getattr(bill, n))}, "
                    f"menurut daftar {written(ours[n])}"
                    for n in wrong
                )
                told[bill.pk] = f"{'; '.join(parts)}."
    return told
