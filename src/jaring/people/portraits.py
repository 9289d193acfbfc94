"""One portrait out of many rows: what the register keeps of a cluster. Pure."""

from __future__ import annotations

import polars as pl

from jaring.facts import nik as nik_facts

#: What a portrait takes from its rows, each as most rows say it.
FIELDS = ("name", "birth_date", "sex", "desa_code", "kecamatan_code", "no_kk", "phone", "mother_name")


def portraits(rows: pl.DataFrame) -> pl.DataFrame:
    """``cluster`` and ``nik`` plus ``FIELDS``: the commonest value, then the longest, then by alphabet.

    ``rows``: cluster, nik (only where it is the row's own) and the fields. A birth date or sex that no
    row states is read from the NIK.
    """
    alone = pl.len().over("cluster") == 1
    single, several = (rows.filter(side) for side in (alone, ~alone))
    whole = pl.concat([single.select("cluster", "nik", *FIELDS), _commonest(several)])
    order = rows.select("cluster").unique(maintain_order=True)
    whole = order.join(whole, on="cluster", how="left", maintain_order="left")
    return whole.with_columns(
        birth_date=pl.coalesce("birth_date", nik_facts.birth_date(pl.col("nik"))),
        sex=pl.coalesce("sex", pl.when(pl.col("nik").is_not_null()).then(nik_facts.sex(pl.col("nik")))),
        kecamatan_code=pl.coalesce("kecamatan_code", pl.col("desa_code").str.slice(0, 8)),
        name=pl.col("name").fill_null(""),
    )


def _commonest(rows: pl.DataFrame) -> pl.DataFrame:
    whole = rows.select("cluster").unique(maintain_order=True)
    for column in ("nik", *FIELDS):
        said = rows.filter(pl.col(column).is_not_null()).group_by("cluster", column).len()
        size = pl.col(column).cast(pl.String).str.len_chars()
        best = said.sort("cluster", "len", size, column, descending=[False, True, True, False]).unique(
            "cluster", keep="first", maintain_order=True
        )
        whole = whole.join(best.drop("len"), on="cluster", how="left", maintain_order="left")
    return whole


def record(rows: pl.DataFrame) -> pl.Series:
    """The content of each row that a verdict is remembered by: stable when the same list comes again.

    Letters of the name rather than its folded key, so that a better normaliser forgets no verdict.
    """
    letters = lambda column: pl.col(column).fill_null("").str.to_uppercase().str.replace_all("[^A-Z]", "")  # noqa: E731
    number = lambda column: nik_facts.digits(pl.col(column)).fill_null("")  # noqa: E731
    return rows.select(
        pl.concat_str(
            nik_facts.digits(pl.coalesce("nik", "nik_raw")).fill_null(""),
            letters("name"),
            pl.col("birth_date").cast(pl.String).fill_null(""),
            pl.col("desa_code").fill_null(""),
            number("no_kk"),
            letters("mother_name"),
            separator="|",
        ).alias("record")
    )["record"]
