"""The wadah that a person is enrolled through: its code by payer and place, its name for people."""

from __future__ import annotations

import polars as pl

from jaring.facts.region import Region

#: The first part of a code: BPJS's kinds of wadah for BPU (908 PROBIS KEPESERTAAN, p. 67), and PU for
#: an employer's number (NPP).
KINDS = {
    "SG": "Pemerintah",
    "SD": "APB Desa",
    "SA": "APBD untuk desa",
    "SC": "Perusahaan",
    "SB": "Perbankan",
    "SL": "Sumber lain",
    "PU": "Penerima upah",
}


def code(
    kind: pl.Expr, form: pl.Expr, source: pl.Expr, fund: pl.Expr, fund_desa: pl.Expr, own_desa: pl.Expr
) -> pl.Expr:
    """``SG-DBHCHT``, ``SD-ADD-52.03.01.2001``, ``SC-<fund>``, ``PU-APBD-52.03.01.2001``.

    A desa's purse and every employer's number are one wadah a desa; a donor's is one a fund; the
    regency's is one a source. ``kind``: bpu or pu; ``form``: the fund's wadah; ``own_desa``: where the
    person lives, for an employer's number under a purse of the whole regency.
    """
    payer = source.str.to_uppercase()
    place = pl.coalesce(fund_desa, own_desa, pl.lit("KAB"))
    return (
        pl.when(kind == "pu")
        .then(pl.format("PU-{}-{}", payer, place))
        .when(form.is_in(["SC", "SB", "SL"]))
        .then(pl.format("{}-{}", form, fund))
        .when(fund_desa.is_not_null())
        .then(pl.format("{}-{}-{}", form, payer, fund_desa))
        .otherwise(pl.format("{}-{}", form, payer))
    )


def names(codes: list[str], region: Region) -> dict[str, str]:
    """What people call each wadah: ``DBHCHT Kabupaten Lombok Timur``, ``ADD Desa Sakra (PU)``."""
    units = {
        row[0]: f"{'Desa' if row[2] == 'desa' else 'Kelurahan'} {row[1]}" for row in region.units.iter_rows()
    }
    return {one: _name(one, units, region) for one in codes}


def _name(one: str, units: dict[str, str], region: Region) -> str:
    form, _, rest = one.partition("-")
    payer, _, place = rest.partition("-")
    if form in {"SC", "SB", "SL"}:
        return f"{KINDS[form]} {rest}"
    payer = payer.replace("_", " ")
    where = units.get(place, region.name)
    return f"{payer} {where}" + (" (PU)" if form == "PU" else "")
