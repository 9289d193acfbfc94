"""What goes to the insurer: the files of a month's batches with their control totals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from jaring.enrolment import papers, wadah, workbook
from jaring.facts.month import Month
from jaring.facts.region import Region
from jaring.people import register
from jaring.tables import secrets
from jaring.tables.frames import read

#: Rows that the insurer's upload takes in one file (SIPP: at most 10,000).
ROWS = 10_000


def digests(person_ids: Sequence[int]) -> pl.DataFrame:
    """``person_id, public_id, digest`` of what would be sent now: keyed, so that it tells nothing."""
    people = _people(person_ids)
    said = people.select(
        pl.concat_str(
            [pl.col(c).cast(pl.String).fill_null("") for c in ("nik", "name", "birth_date", "sex")],
            separator="|",
        ).alias("said")
    )["said"]
    blind = secrets.blind_column(said, "enrolment.sent").alias("digest")
    return people.select("person_id", "public_id").with_columns(blind)


def _people(person_ids: Sequence[int]) -> pl.DataFrame:
    ids = list(person_ids)
    people = read(
        """SELECT id AS person_id, public_id, name, birth_date, sex, desa_code, kecamatan_code
             FROM people_person WHERE id = ANY(%s) ORDER BY id""",
        [ids],
    )
    return people.join(register.with_nik(ids).select("person_id", "nik"), on="person_id", how="left")


def write(month: Month, outbox: Path, region: Region) -> list[Path]:
    """``<outbox>/<month>/batch-<number>[-n].xlsx`` for every batch of the month, drafts too."""
    batches = read(
        """SELECT id AS batch_id, number, wadah, source FROM enrolment_batch
            WHERE month = %s ORDER BY number""",
        [month.first],
    )
    if batches.is_empty():
        return []
    lines = _lines(month, region)
    names = wadah.names(batches["wadah"].unique().to_list(), region)
    folder = outbox / str(month)
    paths = []
    parts = lines.partition_by("batch_id", as_dict=True, maintain_order=True)
    for batch in batches.iter_rows(named=True):
        rows = parts[(batch["batch_id"],)]
        count = -(-rows.height // ROWS)
        for n in range(count):
            part = rows.slice(n * ROWS, ROWS)
            tail = f"-{n + 1}" if count > 1 else ""
            path = folder / f"batch-{batch['number']}{tail}.xlsx"
            paths.append(
                workbook.write(
                    path,
                    {
                        "peserta": part.select(papers.PERSONS),
                        "kendali": _totals(batch, names[batch["wadah"]], part, month),
                    },
                )
            )
    return paths


def _totals(batch: dict[str, object], name: str, part: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The control totals of one file, so that the receiver can check it by itself."""
    values = (
        *(batch["number"], batch["wadah"], name, batch["source"], str(month)),
        *(str(part.height), str(part["iuran"].sum())),
    )
    return pl.DataFrame([values], schema=dict.fromkeys(papers.BATCH, pl.String), orient="row")


def _lines(month: Month, region: Region) -> pl.DataFrame:
    lines = read(
        """SELECT l.batch_id, l.reference, l.person_id, l.wadah, l.action, l.iuran_idr AS iuran
             FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
            WHERE b.month = %s ORDER BY l.batch_id, l.action DESC, l.person_id""",
        [month.first],
    )
    terms = read(
        """SELECT m.person_id, m.wadah, m.programmes, d.base_idr FROM enrolment_personmonth m
             JOIN enrolment_decreeline d ON d.decree_id = m.decree_id AND d.person_id = m.person_id
            WHERE m.month = %s ORDER BY m.id""",
        [month.first],
    ).unique(["person_id", "wadah"], keep="last")
    lines = lines.join(terms, on=["person_id", "wadah"], how="left", maintain_order="left")
    people = _people(lines["person_id"].unique().to_list())
    units = region.units.select(desa_code="code", desa="name", unit_kecamatan="kecamatan")
    sub = region.kecamatan.select(kecamatan_code="code", kecamatan="name")
    whole = (
        lines.join(people, on="person_id", how="left", maintain_order="left")
        .join(units, on="desa_code", how="left", maintain_order="left")
        .join(sub, on="kecamatan_code", how="left", maintain_order="left")
    )
    return whole.select(
        "batch_id",
        "iuran",
        pl.col("reference").alias("REFERENSI"),
        pl.col("nik").alias("NIK"),
        pl.col("name").alias("NAMA"),
        pl.col("birth_date").dt.strftime("%d-%m-%Y").alias("TANGGAL LAHIR"),
        pl.col("sex").alias("JENIS KELAMIN"),
        pl.col("desa").alias("DESA"),
        pl.coalesce("unit_kecamatan", "kecamatan").alias("KECAMATAN"),
        pl.col("programmes").str.to_uppercase().alias("PROGRAM"),
        pl.col("base_idr").cast(pl.String).alias("UPAH ATAU DASAR"),
        pl.col("iuran").cast(pl.String).alias("IURAN"),
        pl.lit(str(month)).alias("BULAN MULAI"),
        pl.col("action").alias("JENIS"),
    )
