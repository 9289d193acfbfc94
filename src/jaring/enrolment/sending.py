"""What goes to the insurer: the files of a month's batches with their control totals."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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
    people = read(
        """SELECT id AS person_id, public_id, name, birth_date, sex, desa_code, kecamatan_code
             FROM people_person WHERE id = ANY(%s::bigint[]) ORDER BY id""",
        [register.numbers(person_ids)],
    )
    niks = register.with_nik(person_ids).select("person_id", "nik")
    return people.join(niks, on="person_id", how="left")


def write(month: Month, outbox: Path, region: Region) -> list[Path]:
    """``<outbox>/<month>/batch-<number>[-n].xlsx`` for every batch of the month, drafts too.

    Those written now are given back.
    """
    batches = read(
        """SELECT id AS batch_id, number, wadah, source, people FROM enrolment_batch
            WHERE month = %s AND state IN ('draft', 'approved') ORDER BY number""",
        [month.first],
    )
    wanted = {one["batch_id"]: _paths(one, outbox / str(month)) for one in batches.iter_rows(named=True)}
    # What was sent stays as it was sent; a file is put in place whole, so one that is there is complete.
    missing = batches.filter(
        pl.col("batch_id").is_in([one for one, paths in wanted.items() if not all(p.exists() for p in paths)])
    )
    if missing.is_empty():
        return []
    lines = _lines(month, region).filter(pl.col("batch_id").is_in(missing["batch_id"].implode()))
    names = wadah.names(missing["wadah"].unique().to_list(), region)
    sheets = {(batch, n): (sheet, sums) for batch, n, sheet, sums in _sheets(lines)}

    def one(path: Path, batch: dict[str, Any], n: int) -> Path:
        sheet, sums = sheets[batch["batch_id"], n]
        totals = _totals(batch, names[batch["wadah"]], *sums, month)
        return workbook.write(path, {"peserta": sheet, "kendali": totals})

    # Most of writing a workbook is packing it, which leaves the other core to the next one.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        begun = [
            pool.submit(one, path, batch, n)
            for batch in missing.iter_rows(named=True)
            for n, path in enumerate(wanted[batch["batch_id"]])
        ]
        return [done.result() for done in begun]


def _sheets(lines: pl.DataFrame) -> Iterator[tuple[int, int, workbook.Ready, tuple[int, int]]]:
    """Batch, number of the file, its people as a sheet, its rows and iuran: of all batches at once."""
    cells, lengths = workbook.rows_of(lines.select(papers.PERSONS))
    parts = (
        lines.select("batch_id", "iuran", file=pl.int_range(pl.len()).over("batch_id") // ROWS)
        .hstack([cells.alias("cells"), *lengths.iter_columns()])
        .group_by("batch_id", "file", maintain_order=True)
        .agg(pl.len().alias("rows"), pl.col("iuran").sum(), "cells", pl.col(papers.PERSONS).max())
    )
    for batch, file, rows, iuran, written, *longest in parts.iter_rows():
        yield batch, file, workbook.Ready(papers.PERSONS, longest, written), (rows, iuran)


def files(number: str, region: Region) -> list[tuple[str, bytes]]:
    """Name and content of each file of one batch, made anew for whoever fetches it; nothing is kept."""
    batch, name, whole = _batch(number, region)
    made = []
    with TemporaryDirectory() as folder:
        for n, path in enumerate(_paths(batch, Path(folder))):
            part = whole.slice(n * ROWS, ROWS)
            totals = _totals(batch, name, part.height, int(part["iuran"].sum()), Month.of(batch["month"]))
            workbook.write(path, {"peserta": part.select(papers.PERSONS), "kendali": totals})
            made.append((path.name, path.read_bytes()))
    return made


def rows(number: str, region: Region) -> tuple[dict[str, str], pl.DataFrame]:
    """The control row of one batch and all its people, in the columns of its files."""
    batch, name, whole = _batch(number, region)
    totals = _totals(batch, name, whole.height, int(whole["iuran"].sum()), Month.of(batch["month"]))
    return totals.row(0, named=True), whole.select(papers.PERSONS)


def _batch(number: str, region: Region) -> tuple[dict[str, Any], str, pl.DataFrame]:
    batch = read(
        "SELECT id AS batch_id, number, wadah, source, people, month FROM enrolment_batch WHERE number = %s",
        [number],
    ).row(0, named=True)
    whole = _lines(Month.of(batch["month"]), region, batch["batch_id"])
    return batch, wadah.names([batch["wadah"]], region)[batch["wadah"]], whole


def _paths(batch: dict[str, Any], folder: Path) -> list[Path]:
    """The files of one batch: one, or several where the insurer takes no more rows in one."""
    count = -(-batch["people"] // ROWS)
    tails = [f"-{n + 1}" if count > 1 else "" for n in range(count)]
    return [folder / f"batch-{batch['number']}{tail}.xlsx" for tail in tails]


def _totals(batch: dict[str, object], name: str, rows: int, iuran: int, month: Month) -> pl.DataFrame:
    """The control totals of one file, so that the receiver can check it by itself."""
    values = (
        *(batch["number"], batch["wadah"], name, batch["source"], str(month)),
        *(str(rows), str(iuran)),
    )
    return pl.DataFrame([values], schema=dict.fromkeys(papers.BATCH, pl.String), orient="row")


def _lines(month: Month, region: Region, batch_id: int | None = None) -> pl.DataFrame:
    """The rows of the month's batches, or of one of them, with ``batch_id`` and ``iuran`` beside them."""
    lines = read(
        """SELECT l.batch_id, l.reference, l.person_id, l.wadah, l.action, l.iuran_idr AS iuran
             FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
            WHERE b.month = %s AND b.id = coalesce(%s, b.id)
            ORDER BY l.batch_id, l.action DESC, l.person_id""",
        [month.first, batch_id],
    )
    terms = read(
        """SELECT m.person_id, m.wadah, m.programmes, d.base_idr FROM enrolment_personmonth m
             JOIN enrolment_decreeline d ON d.decree_id = m.decree_id AND d.person_id = m.person_id
            WHERE m.month = %s
              AND (%s::bigint IS NULL
                   OR m.person_id IN (SELECT person_id FROM enrolment_batchline WHERE batch_id = %s))
            ORDER BY m.id""",
        [month.first, batch_id, batch_id],
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
