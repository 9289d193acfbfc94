"""Reading the register of people. NIKs are opened in memory only, for the rooms that need them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.tables import secrets
from jaring.tables.frames import read

#: Column of the register and its ciphertext.
SEALED = {"nik": "nik_ct", "no_kk": "kk_ct", "phone": "phone_ct", "mother_name": "mother_ct"}


def people() -> pl.DataFrame:
    """``person_id, public_id, name, birth_date, sex, desa_code, kecamatan_code``; no merged ones."""
    return read(
        "SELECT id AS person_id, public_id, name, birth_date, sex, desa_code, kecamatan_code"
        " FROM people_person WHERE merged_into_id IS NULL ORDER BY id"
    )


def traits() -> pl.DataFrame:
    """``person_id, birth_date, sex, desa_code, kecamatan_code``: what people are counted by; no names."""
    return read(
        "SELECT id AS person_id, birth_date, sex, desa_code, kecamatan_code"
        " FROM people_person WHERE merged_into_id IS NULL"
    )


def unidentified() -> list[int]:
    """People whom no list gives a NIK, or none a name: an insurer asks for both before all else."""
    found = read(
        "SELECT id FROM people_person WHERE merged_into_id IS NULL AND (nik_bi IS NULL OR name = '')"
    )
    return found["id"].to_list()


def numbers(ids: Sequence[int]) -> str:
    """An array as PostgreSQL writes it: the driver takes a second over a list of half a million."""
    return "{" + ",".join(map(str, ids)) + "}"


def with_nik(person_ids: Sequence[int]) -> pl.DataFrame:
    """``person_id, nik, no_kk`` of these people, opened; null where the register has none."""
    sealed = read(
        "SELECT id AS person_id, public_id, nik_ct, kk_ct FROM people_person"
        " WHERE id = ANY(%s::bigint[]) ORDER BY id",
        [numbers(person_ids)],
    )
    return _opened(sealed, "nik", "no_kk").drop("public_id")


def sealed_of(person_id: int) -> dict[str, str | None]:
    """``nik, no_kk, phone, mother_name`` of one person, opened for a comparison in memory."""
    sealed = read(
        "SELECT public_id, nik_ct, kk_ct, phone_ct, mother_ct FROM people_person WHERE id = %s", [person_id]
    )
    opened: dict[str, str | None] = _opened(sealed, *SEALED).drop("public_id").row(0, named=True)
    return opened


def by_nik(nik: str) -> int | None:
    """The person who holds this NIK, found by its blind index."""
    found = read(
        "SELECT id FROM people_person WHERE nik_bi = %s AND merged_into_id IS NULL",
        [secrets.blind(nik, "nik")],
    )
    return found["id"][0] if found.height else None


def links() -> pl.DataFrame:
    """``row_id, person_id, weight, state``: whose every linked row is."""
    return read("SELECT row_id, person_id, weight, state FROM people_link ORDER BY row_id")


def merged() -> pl.DataFrame:
    """``person_id, into_id``: persons that were found to be another, and who that is now."""
    return read(
        "WITH RECURSIVE chain AS ("
        " SELECT id, merged_into_id AS into_id FROM people_person WHERE merged_into_id IS NOT NULL"
        " UNION ALL SELECT c.id, p.merged_into_id FROM chain c JOIN people_person p ON p.id = c.into_id"
        " WHERE p.merged_into_id IS NOT NULL)"
        " SELECT c.id AS person_id, c.into_id FROM chain c JOIN people_person p ON p.id = c.into_id"
        " WHERE p.merged_into_id IS NULL ORDER BY c.id"
    )


def known() -> pl.DataFrame:
    """The people as linkage takes them: ``person_id``, the columns of a frame for linking, and ``own``.

    A person that was merged into another stands under the other's id (``own`` false): its NIK and its
    spelling still lead to who it is now.
    """
    sealed = read(
        "SELECT id AS person_id, public_id, nik_ct, kk_ct, phone_ct, mother_ct, name, birth_date, sex,"
        " desa_code, kecamatan_code FROM people_person ORDER BY id"
    )
    opened = _opened(sealed, *SEALED).drop("public_id").join(merged(), on="person_id", how="left")
    return opened.with_columns(
        own=pl.col("into_id").is_null(), person_id=pl.coalesce("into_id", "person_id")
    ).drop("into_id")


def context(public_id: pl.Expr, field: str) -> pl.Expr:
    """What a sealed value of a person is bound to."""
    return pl.format("people.person:{}:{}", public_id, pl.lit(field))


def _opened(sealed: pl.DataFrame, *fields: str) -> pl.DataFrame:
    for name in fields:
        column = SEALED[name]
        contexts = sealed.select(context(pl.col("public_id"), name)).to_series()
        opened = secrets.decrypt_column(sealed[column], contexts)
        sealed = sealed.with_columns(opened.alias(name)).drop(column)
    return sealed
