"""A file of cases priced: CSV in, CSV out, batch by batch, so that its size does not matter."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from jaring.facts.reason import refuse
from jaring.law import cases
from jaring.law.settings import LocalSetting

#: Rows in memory at a time: enough to price each distinct case once, little enough for 1 GB.
BATCH = 200_000
_NEEDED = ("kind", "month")


@dataclass(frozen=True, slots=True)
class Priced:
    """What became of a file: its rows, how many have no price, and the sum of the others."""

    rows: int
    refused: int
    total_idr: int


def price_file(
    source: Path,
    target: Path,
    settings: Sequence[LocalSetting] = (),
    progress: Callable[[int], None] = lambda rows: None,
) -> Priced:
    """Write ``source`` with the columns ``cases.ANSWERS`` added to ``target``; order and columns kept.

    Written beside ``target`` and put in its place when whole. Refused when the file as such cannot be
    read; a case that cannot be priced is answered in its own row.
    """
    header, separator = _header(source)
    names = {column: column.strip().lower() for column in header}
    _check(header, names, source, target)
    rows = refused = total = 0
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with partial.open("wb") as out:
            for batch in _batches(source, separator):
                made = cases.answered(batch.rename(names), settings, first_line=rows + 2)
                batch.hstack(made).write_csv(out, include_header=rows == 0, separator=separator)
                rows += batch.height
                refused += made.get_column("total").null_count()
                total += int(made.get_column("total").sum() or 0)
                progress(rows)
            if rows == 0:
                line = separator.join([*header, *cases.ANSWERS])
                out.write(f"{line}\n".encode())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return Priced(rows, refused, total)


def _header(source: Path) -> tuple[list[str], str]:
    """The columns of the file and what parts them; a semicolon is what some spreadsheets write."""
    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
    except OSError:
        raise refuse(
            "berkas-tidak-ada", f"Berkas {source.name} tidak dapat dibuka.", "Periksa letaknya."
        ) from None
    except UnicodeDecodeError:
        raise _not_utf8(source) from None
    separator = ";" if first.count(";") > first.count(",") else ","
    return next(csv.reader([first], delimiter=separator), []), separator


def _check(header: list[str], names: dict[str, str], source: Path, target: Path) -> None:
    known = list(names.values())
    missing = [name for name in _NEEDED if name not in known]
    if missing:
        raise refuse(
            "kolom-kurang",
            f"Berkas {source.name} tidak memiliki kolom {' dan '.join(missing)}.",
            "Tambahkan kolomnya; lihat docs/doors.md untuk bentuk berkas.",
        )
    taken = sorted({name for name in known if name in cases.ANSWERS})
    if taken or len(set(known)) < len(header):
        raise refuse(
            "kolom-bentrok",
            f"Kolom {', '.join(taken) or 'yang sama'} sudah ada dalam berkas {source.name}.",
            "Hapus atau ganti namanya; kolom itu diisi oleh jawaban.",
        )
    if target.exists() and source.resolve() == target.resolve():
        raise refuse("berkas-sama", "Berkas asal dan hasilnya sama.", "Sebut nama lain untuk hasilnya.")


def _batches(source: Path, separator: str) -> Iterator[pl.DataFrame]:
    """The rows as text, in order. Refused when a row does not fit the header or the text is not UTF-8."""
    plan = pl.scan_csv(source, separator=separator, infer_schema=False, encoding="utf8")
    try:
        yield from plan.collect_batches(chunk_size=BATCH, maintain_order=True)
    except pl.exceptions.ComputeError as problem:
        if "utf" in str(problem).lower():
            raise _not_utf8(source) from None
        raise refuse(
            "baris-keliru",
            f"Ada baris berkas {source.name} yang isinya lebih banyak daripada kolomnya.",
            "Periksa tanda kutip dan pemisah kolomnya, lalu simpan lagi sebagai CSV.",
        ) from None


def _not_utf8(source: Path) -> Exception:
    return refuse("bukan-utf8", f"Berkas {source.name} bukan teks UTF-8.", "Simpan lagi sebagai CSV UTF-8.")
