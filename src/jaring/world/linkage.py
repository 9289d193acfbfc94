"""Rows for scoring linkage: as many as asked, over three quarters as many people, with the truth."""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.facts import nik as forms
from jaring.facts.region import region
from jaring.world import numbers_written, people, rates, spelling
from jaring.world.dice import dice, pick
from jaring.world.size import Size

#: What each kind of list tells beside a name: share of rows that carry NIK, birth date, village, family card,
#: mother's name, phone, sex; and the kind's weight among the rows. [assumption, after the real layouts]
KINDS: dict[str, tuple[float, float, float, float, float, float, float, float]] = {
    "aparatur": (1.0, 0.96, 1.0, 0.0, 0.0, 0.5, 0.5, 0.05),
    "petani": (1.0, 1.0, 1.0, 0.0, 0.8, 0.1, 0.3, 0.12),
    "dtsen": (1.0, 0.0, 0.9, 1.0, 0.0, 0.0, 0.0, 0.18),
    "umkm": (0.97, 0.3, 1.0, 0.1, 0.0, 0.7, 0.4, 0.22),
    "peserta_aktif": (1.0, 1.0, 0.6, 0.0, 0.1, 0.2, 0.6, 0.25),
    "penduduk": (1.0, 1.0, 1.0, 1.0, 0.9, 0.2, 1.0, 0.14),
    "umum": (0.85, 0.3, 0.8, 0.0, 0.0, 0.1, 0.2, 0.04),
}


def linkage_rows(n_rows: int, seed: int, *, people_share: float = 0.75) -> pl.DataFrame:
    """``n_rows`` in the columns of the linking contract, and the truth.

    ``row_id, nik, nik_raw, nik_state, name, birth_date, sex, desa_code, kecamatan_code,
    no_kk, mother_name, phone`` and ``person`` (the truth), ``kind``, ``nik_fault``. Shuffled.
    """
    count = int(n_rows * people_share)
    everyone = people.make(seed, region("lotim"), Size("full", 0, int(count / 0.66) + 200))
    adults = everyone.filter(pl.col("age") >= 15).head(count)
    if adults.height < count:
        raise ValueError("fewer adults than people wanted")
    heads = everyone.filter(pl.col("slot") == 0).select("household", head_nik="nik")
    rng = dice(seed, "linkage rows")
    # Everyone once; the further rows go to those whom offices know, so that some stand on four or five.
    further = pick(rng, adults["visible"].to_numpy(), n_rows - count)
    places = rng.permutation(np.concatenate([np.arange(count), further]))
    rows = adults[places].join(heads, on="household", how="left", maintain_order="left")
    return _written(rng, rows)


def _written(rng: np.random.Generator, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as lists carry them."""
    size = rows.height
    table = np.asarray(list(KINDS.values()))
    kind = pick(rng, table[:, 7], size)
    has = [pl.Series(rng.random(size) < table[kind, n]) for n in range(7)]
    niks = numbers_written.niks(rng, rows["nik"], rows["head_nik"])
    births = numbers_written.births(rng, rows["birth_date"])
    mothers = spelling.names(
        rng,
        rows.select(
            name="mother_name", male=pl.lit(False), haji=pl.lit(False), degree=pl.lit(None, pl.String)
        ),
    )
    raw = pl.when(has[0]).then(niks["nik_cell"])
    frame = pl.DataFrame({"row_id": pl.int_range(size, eager=True, dtype=pl.Int64)}).with_columns(
        nik_raw=raw, numeric=niks["nik_numeric"], nik_fault=pl.when(has[0]).then(niks["nik_fault"])
    )
    digits = forms.digits(pl.col("nik_raw"))
    frame = frame.with_columns(
        nik_state=pl.when(forms.is_absent(digits))
        .then(pl.lit("absent"))
        .when("numeric")
        .then(pl.lit("numeric"))
        .when(digits.str.len_chars() < 16)
        .then(pl.lit("short"))
        .when(digits.str.len_chars() > 16)
        .then(pl.lit("long"))
        .when(~forms.is_wellformed(digits))
        .then(pl.lit("malformed"))
        .otherwise(pl.lit("ok")),
        digits=digits,
    )
    known = has[2]
    return frame.select(
        "row_id",
        nik=pl.when(pl.col("nik_state") == "ok").then("digits"),
        nik_raw="nik_raw",
        nik_state="nik_state",
        name=spelling.names(rng, rows),
        birth_date=pl.when(has[1]).then(births["birth_stated"]),
        sex=pl.when(has[6]).then(rows["sex"]),
        desa_code=pl.when(known).then(rows["desa_code"]),
        kecamatan_code=pl.when(known).then(rows["kecamatan_code"]),
        no_kk=pl.when(has[3]).then(rows["no_kk"]),
        mother_name=pl.when(has[4]).then(mothers),
        phone=pl.when(has[5]).then(rows["phone"]),
        person=rows["person"],
        kind=pl.Series(list(KINDS), dtype=pl.String).gather(kind),
        nik_fault="nik_fault",
    )


def faults_seen(rows: pl.DataFrame) -> pl.DataFrame:
    """Share of each NIK error among rows, beside the table's rate: ``code, seen, rate``."""
    seen = rows.group_by(code="nik_fault").agg(seen=pl.len() / rows.height).drop_nulls("code")
    return seen.join(rates.described().select("code", "rate"), on="code").sort("code")
