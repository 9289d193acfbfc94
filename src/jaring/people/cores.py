"""Cores: rows that are one person beyond doubt, as one node each, before any weighing.

Rows with the same valid NIK are one node only if they agree with the NIK's reference name or birth
date: the NIK of a head of household copied onto wife and children is so found, and taken from them.
"""

from __future__ import annotations

import duckdb
import polars as pl

from jaring.people import duck, names

#: Agreement with the reference name of a NIK.
_AGREES = 0.75
#: The same where the birth date is the reference's: a mistyped NIK often hits someone of that day.
_AGREES_BORN = 0.6
#: Called by the name of a child: the own name may be any other.
_ALIAS = "('INAQ', 'AMAQ', 'PAPUQ')"
#: A NIK that this many different names claim belongs to none of them.
_FILLER_NAMES = 4


def cores(rows: pl.DataFrame, link: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Adds ``node`` (0, 1, …) and ``disowned`` (the row's NIK is another's or nobody's) to prepared rows.

    ``sure`` and ``hint`` of a disowned row are null from here on, and so are sex and birth date that
    were only read from that NIK.
    """
    foreign = _foreign(rows, link)
    rows = rows.with_columns(disowned=pl.col("pos").is_in(foreign.implode()))
    mine = lambda column: pl.when(~pl.col("disowned")).then(pl.col(column))  # noqa: E731
    borrowed = lambda column, read: pl.when(  # noqa: E731
        ~(pl.col("disowned") & pl.col(column).eq_missing(pl.col(read)))
    ).then(pl.col(column))
    rows = rows.with_columns(
        sure=mine("sure"),
        hint=mine("hint"),
        born=pl.when(pl.col("disowned")).then(pl.col("birth_date")).otherwise(pl.col("born")),
        sex=borrowed("sex", "sex_nik"),
        born_nik=mine("born_nik"),
    )
    alone = pl.format("#{}", "pos")
    same = pl.concat_str(
        pl.col("key"),
        pl.col("born").cast(pl.String),
        pl.col("desa_code"),
        pl.col("sex").fill_null("?"),
        pl.col("hint").fill_null("?"),
        separator="|",
    )
    # A person of the register is a node of their own, joined by rows with their NIK and by nothing else here.
    holders = rows.filter(pl.col("person").is_not_null() & pl.col("sure").is_not_null())
    rows = rows.join(
        holders.group_by("sure").agg(holder=pl.col("person").min()),
        on="sure",
        how="left",
        maintain_order="left",
    )
    known = pl.format("person {}", pl.coalesce("person", "holder"))
    label = pl.coalesce(known, pl.format("nik {}", "sure"), same, alone)
    firsts = rows.select("pos", label=label)
    numbers = firsts.unique("label", keep="first", maintain_order=True).with_row_index("node")
    placed = firsts.join(
        numbers.select("label", pl.col("node").cast(pl.Int64)), on="label", maintain_order="left"
    )
    return rows.drop("holder").with_columns(node=placed["node"])


def _foreign(rows: pl.DataFrame, link: duckdb.DuckDBPyConnection) -> pl.Series:
    """Positions of the rows that carry a NIK which is not theirs."""
    held = rows.filter(pl.col("sure").is_not_null())
    several = (
        held.group_by("sure")
        .agg(names=pl.col("compact").n_unique())
        .filter(pl.col("names") > 1)
        .select("sure")
    )
    held = held.join(several, on="sure", how="semi")
    if held.is_empty():
        return pl.Series(dtype=pl.Int64)
    reference = _reference(held)
    duck.put(
        link, "held", held.select("pos", "sure", "key", "compact", "first", "title", "birth_date", "sex")
    )
    duck.put(link, "reference", reference)
    like = names.similarity_sql("h.compact", "r.compact")
    contained = names.contained_sql("h.key", "r.key")
    judged = duck.get(
        link,
        f"""SELECT pos, sure, key, like_ >= {_AGREES}
               OR (contained AND (h_first = r_first OR NOT (other_sex OR other_date)))
               OR (same_date AND NOT other_sex AND (like_ >= {_AGREES_BORN} OR alias)) AS agrees
            FROM (SELECT h.pos, h.sure, h.key, h.first AS h_first, r.first AS r_first,
                   coalesce({like}, 0) AS like_, coalesce({contained}, false) AS contained,
                   coalesce(h.sex <> r.sex, false) AS other_sex,
                   coalesce(h.birth_date <> r.born, false) AS other_date,
                   coalesce(h.birth_date = r.born, false) AS same_date,
                   coalesce(h.title IN {_ALIAS} OR r.title IN {_ALIAS}, false) AS alias
                FROM held h JOIN reference r ON h.sure = r.sure)""",  # noqa: S608 -- fixed text
    )
    against = judged.filter(~pl.col("agrees"))
    fillers = (
        against.group_by("sure").agg(names=pl.col("key").n_unique()).filter(pl.col("names") >= _FILLER_NAMES)
    )
    nobody = judged.join(fillers, on="sure", how="semi")
    foreign = pl.concat([against["pos"], nobody["pos"]]).unique()
    registered = rows.filter(pl.col("person").is_not_null())["pos"]
    return foreign.filter(~foreign.is_in(registered.implode())).sort()


def _reference(held: pl.DataFrame) -> pl.DataFrame:
    """The name a NIK stands for: whose rows fit the NIK's own birth date and sex; then the most rows."""
    # The register's own holder of a NIK is its reference whatever new rows say.
    fits = (
        1.0
        + 1e6 * pl.col("person").is_not_null().cast(pl.Float64)
        + 2.0 * (pl.col("birth_date") == pl.col("born_nik")).cast(pl.Float64).fill_null(0.5)
        + 2.0 * (pl.col("sex") == pl.col("sex_nik")).cast(pl.Float64).fill_null(0.5)
    )
    weighed = (
        held.with_columns(fits=fits)
        .group_by("sure", "key")
        .agg(
            total=pl.col("fits").sum(),
            compact=pl.col("compact").max(),
            born=pl.col("birth_date").drop_nulls().min(),
            sex=pl.col("sex").drop_nulls().min(),
            first=pl.col("first").max(),
            title=pl.col("title").drop_nulls().min(),
        )
    )
    # An explicit order: ties must fall the same way in every run.
    return (
        weighed.sort("sure", "total", "compact", "key", descending=[False, True, False, False])
        .unique("sure", keep="first", maintain_order=True)
        .select("sure", "key", "compact", "born", "sex", "first", "title")
    )


def variants(rows: pl.DataFrame) -> pl.DataFrame:
    """The different ways one node is written, for comparing: ``v`` (number), ``node``, and the fields.

    What the node knows in any row (NIK, sex, family card, mother, phone) stands on each of its variants.
    A stated birth date beside another in the NIK gives a variant for each.
    """
    shared = ("sure", "hint", "sex", "kk", "mother", "tel")
    sizes = rows.group_by("node").len()
    several = rows.join(sizes.filter(pl.col("len") > 1), on="node", how="semi", maintain_order="left")
    single = rows.join(sizes.filter(pl.col("len") == 1), on="node", how="semi", maintain_order="left")
    known = several.sort("pos").group_by("node").agg(pl.col(c).drop_nulls().first() for c in shared)
    several = several.drop(shared).join(known, on="node", how="left")
    columns = ["node", "key", "compact", "first", "last", "born", "desa_code", "kec", *shared]
    both = pl.concat([single, several.select(single.columns)])
    doubled = both.filter((pl.col("born_nik") != pl.col("born")) & pl.col("sure").is_not_null())
    both = pl.concat([both.select(columns), doubled.with_columns(born=pl.col("born_nik")).select(columns)])
    # Sorted by all that may differ, so that the same way of writing stands for its likes in every run.
    own = ["node", "key", "born", "desa_code"]
    both = both.filter(pl.col("key").is_not_null()).sort(
        *own, "kec", "compact", "first", "last", nulls_last=True
    )
    return both.unique(own, keep="first", maintain_order=True).with_row_index("v")
