"""Rows made comparable: what may serve as a key is told from what only looks like one."""

from __future__ import annotations

import polars as pl

from jaring.facts import nik as nik_facts
from jaring.people import names

#: What a frame for linking may hold; all but row_id and name may be missing or null.
COLUMNS: dict[str, pl.DataType] = {
    "row_id": pl.Int64(),
    "nik": pl.String(),
    "nik_raw": pl.String(),
    "nik_state": pl.String(),
    "name": pl.String(),
    "birth_date": pl.Date(),
    "sex": pl.String(),
    "desa_code": pl.String(),
    "kecamatan_code": pl.String(),
    "no_kk": pl.String(),
    "mother_name": pl.String(),
    "phone": pl.String(),
    # Of the register, when known people are linked against.
    "person_id": pl.Int64(),
}
#: A family card or a telephone that more rows share than a family has members says nothing of a person.
_MOST_IN_FAMILY = 24
#: Excel shows a number of sixteen digits this way, and has lost the last digit by then.
_NUMERIC = r"[.,]0+$|[eE]\+?\d+$"
#: One digit over and over, with at most another at the end; nothing at all.
_FILLER = "^(" + "|".join(f"{digit}*" for digit in range(10)) + r")\d?$"


def complete(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of ``COLUMNS`` with their types; missing ones are null, others are left out."""
    have = set(frame.columns)
    return frame.select(
        (pl.col(name) if name in have else pl.lit(None)).cast(kind).alias(name)
        for name, kind in COLUMNS.items()
    )


def prepare(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds to each row: ``sure`` (a NIK that may be a key), ``hint`` (digits that may help), the name's
    forms, ``born`` (stated, else from the NIK), ``born_nik``, ``kk``, ``mother``, ``tel``.
    """
    rows = complete(frame).with_columns(pos=pl.int_range(pl.len(), dtype=pl.Int64))
    rows = _niks(rows)
    forms = names.normalise(rows).select("name", "key", "compact", "first", "last", "title")
    rows = rows.join(forms, on="name", how="left", maintain_order="left")
    rows = _family(rows)
    from_nik = nik_facts.birth_date(pl.coalesce("sure", "hint"))
    sex_nik = pl.when(pl.coalesce("sure", "hint").str.len_chars() >= 15).then(
        nik_facts.sex(pl.coalesce("sure", "hint"))
    )
    return rows.with_columns(born_nik=from_nik, sex_nik=sex_nik).with_columns(
        born=pl.coalesce("birth_date", "born_nik"),
        sex_stated=pl.col("sex"),
        sex=pl.coalesce("sex", "sex_nik"),
        kec=pl.coalesce("kecamatan_code", pl.col("desa_code").str.slice(0, 8)),
    )


def _niks(rows: pl.DataFrame) -> pl.DataFrame:
    """``sure``: well-formed and not a number's ruin or a filler. ``hint``: 15 to 17 digits all the same.

    A numeric cell has kept fifteen digits: the hint is those, never the 0 that stands for the lost one.
    """
    raw = pl.coalesce("nik_raw", "nik")
    # A letter that looks like a digit is one; such a number still only helps, it is no key.
    cell = (
        pl.col("nik_raw")
        .str.replace(r"[.,]0+$", "")
        .str.replace_all("[Oo]", "0")
        .str.replace_all("[Il|]", "1")
    )
    lettered = pl.col("nik_raw").str.contains(r"[OoIl|]").fill_null(False)
    digits = pl.coalesce("nik", nik_facts.digits(cell))
    numeric = (pl.col("nik_state") == "numeric").fill_null(False) | raw.str.contains(_NUMERIC).fill_null(
        False
    )
    rows = rows.with_columns(
        digits=digits, numeric=numeric, lettered=lettered & pl.col("nik").is_null()
    ).with_columns(
        filler=pl.col("digits").str.contains(_FILLER).fill_null(True)
        | (pl.col("digits") == nik_facts.digits(pl.col("no_kk"))).fill_null(False)
    )
    sure = (
        nik_facts.is_wellformed(pl.col("digits"))
        & ~pl.col("numeric")
        & ~pl.col("lettered")
        & ~pl.col("filler")
    )
    length = pl.col("digits").str.len_chars()
    hint = (
        pl.when(pl.col("filler") | ~length.is_between(15, 17))
        .then(None)
        .when(pl.col("numeric"))
        .then(pl.col("digits").str.slice(0, 15))
        .otherwise(pl.col("digits"))
    )
    rows = rows.with_columns(sure=pl.when(sure).then(pl.col("digits")), hint=hint)
    return rows.drop("digits", "numeric", "lettered", "filler", "nik_state").rename({"person_id": "person"})


def _family(rows: pl.DataFrame) -> pl.DataFrame:
    card = nik_facts.digits(pl.col("no_kk"))
    phone = nik_facts.digits(pl.col("phone")).str.replace(r"^(62|0)+", "")
    rows = rows.with_columns(
        kk=pl.when((card.str.len_chars() == 16) & ~card.str.contains(r"0{8}")).then(card),
        tel=pl.when(phone.str.len_chars().is_between(8, 13)).then(phone),
    )
    for column in ("kk", "tel", "hint"):
        common = rows.select(pl.col(column).drop_nulls().value_counts()).unnest(column)
        common = common.filter(pl.col("count") > _MOST_IN_FAMILY)
        rows = rows.with_columns(
            pl.when(~pl.col(column).is_in(common[column].implode())).then(pl.col(column)).alias(column)
        )
    mothers = names.normalise(rows, "mother_name").select("mother_name", mother="key")
    return rows.join(mothers, on="mother_name", how="left", maintain_order="left").drop(
        "no_kk", "phone", "mother_name"
    )
