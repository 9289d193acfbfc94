"""Workbooks that come back: a sheet by name, its columns by name, everything as text."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from jaring.facts.reason import Refused, refuse
from jaring.rosters.reading import Sheets, load, read, read_bytes, read_together

PERSONS = (
    *("REFERENSI", "NIK", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "DESA", "KECAMATAN", "PROGRAM"),
    *("UPAH ATAU DASAR", "IURAN", "BULAN MULAI", "JENIS"),
)
BATCH = ("NOMOR BATCH", "WADAH", "NAMA WADAH", "SUMBER", "BULAN", "JUMLAH ORANG", "JUMLAH IURAN")
ANSWER = ("REFERENSI", "STATUS", "KODE", "KETERANGAN", "BULAN MULAI")
ANSWER_TOTALS = ("NOMOR BATCH", "JUMLAH BARIS", "DITERIMA", "DITOLAK", "DITUNDA")
BILL = (
    *("NOMOR TAGIHAN", "KODE IURAN", "WADAH", "BULAN", "JUMLAH ORANG"),
    *("JKK", "JKM", "JHT", "JP", "TOTAL"),
)
#: Beside the bills, where the insurer says whom each is for.
RINCIAN = ("NOMOR TAGIHAN", "NIK", "NAMA", "IURAN")
SP2D = ("NOMOR SP2D", "TANGGAL", "NOMOR TAGIHAN", "NILAI")
MUTATION = ("NIK", "NAMA", "JENIS", "TANGGAL", "BUKTI")

#: Files that a child reads on one asking, and their bytes together.
_HANDFUL = 24
_SHORT = 256 * 1024
#: Rows up to which a sheet is gone through value by value.
_FEW = 400
#: Unicode's white space, as the query strips it; Python's own notion takes in control signs too.
_WHITE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_ENDINGS = {".xlsx", ".xls", ".ods", ".csv"}


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came through the site. It may name people: its bytes lie on no disk in the clear."""

    name: str
    data: bytes = field(repr=False)


Source = Path | Received
Sources = Path | Sequence[Received]


def files(folder: Sources, prefix: str) -> Sequence[Source]:
    """The tables under a folder whose name starts with ``prefix``, in name order; a file is itself."""
    if not isinstance(folder, Path):
        return folder
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise refuse("folder-tidak-ada", f"{folder} tidak ada.", "Periksa nama folder atau berkasnya.")
    found = (p for p in folder.rglob("*") if p.name.lower().startswith(prefix))
    return sorted(p for p in found if p.suffix.lower() in _ENDINGS and p.is_file())


def opened(path: Source) -> Sheets:
    """The file, read in a child process with limits: whoever sent it, it is a stranger's file."""
    return read_bytes(path.data, path.name) if isinstance(path, Received) else read(path)


def size(path: Source) -> int:
    """Its bytes, before it is opened."""
    return len(path.data) if isinstance(path, Received) else path.stat().st_size


def opened_each(
    paths: Sequence[Source], known: Callable[[Sequence[str]], set[str]]
) -> Iterator[tuple[Source, Sheets | Refused | None]]:
    """Each file in its order, read in child processes beside one another; a refusal stands in its place.

    None for one that is ``known`` by its SHA-256, or whose content stands in an earlier file: not parsed.
    """
    loaded: list[bytes | Refused] = []
    for path in paths:
        try:
            loaded.append(path.data if isinstance(path, Received) else load(path))
        except Refused as refused:
            loaded.append(refused)
    digests = [None if isinstance(data, Refused) else hashlib.sha256(data).hexdigest() for data in loaded]
    seen = known([digest for digest in digests if digest])
    wanted: list[bytes | Refused | None] = []
    for data, digest in zip(loaded, digests, strict=True):
        wanted.append(None if digest in seen else data)
        if digest:
            seen.add(digest)

    fresh = [(data, path.name) for path, data in zip(paths, wanted, strict=True) if isinstance(data, bytes)]
    # The children parse; a thread here only waits for its own.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        books = (book for some in pool.map(read_together, _together(fresh)) for book in some)
        for path, asked in zip(paths, wanted, strict=True):
            yield path, next(books) if isinstance(asked, bytes) else asked


def _together(files: Sequence[tuple[bytes, str]]) -> Iterator[list[tuple[bytes, str]]]:
    """Short files go to a child by handfuls: asking it took longer than what it read."""
    handful: list[tuple[bytes, str]] = []
    size = 0
    for data, name in files:
        if handful and (size + len(data) > _SHORT or len(handful) == _HANDFUL):
            yield handful
            handful, size = [], 0
        handful.append((data, name))
        size += len(data)
    if handful:
        yield handful


def table(book: Sheets, sheet: str, wanted: Sequence[str]) -> pl.DataFrame:
    """``row`` (as a person counts them) and the wanted columns of a sheet. Refused when one is missing.

    A book with one sheet may name it as it likes. A heading may carry a hint in brackets.
    """
    found = next((s for s in book.sheets if s.name.strip().lower() == sheet), None)
    if found is None and len(book.sheets) == 1:
        found = book.sheets[0]
    if found is None or found.frame.is_empty():
        raise refuse(
            "lembar-tidak-ada",
            f"Berkas {book.file_name} tidak memiliki lembar {sheet} yang berisi.",
            "Kirim berkas menurut susunan yang disepakati.",
        )
    heads = [_heading(cell) for cell in found.frame.row(0)]
    missing = [name for name in wanted if name not in heads]
    if missing:
        raise refuse(
            "kolom-tidak-ada",
            f"Berkas {book.file_name}, lembar {found.name}: kolom {', '.join(missing)} tidak ada.",
            "Kirim berkas dengan kolom yang disepakati.",
        )
    places = [f"c{heads.index(name)}" for name in wanted]
    if found.frame.height <= _FEW:
        return _picked(found.frame, places, wanted)
    body = found.frame.with_row_index("row", offset=1).slice(1)
    columns = [pl.col(at).str.strip_chars().alias(name) for at, name in zip(places, wanted, strict=True)]
    picked = body.select(pl.col("row").cast(pl.Int64), *columns)
    return picked.filter(~pl.all_horizontal(pl.col(name).is_null() for name in wanted))


def _picked(frame: pl.DataFrame, places: Sequence[str], wanted: Sequence[str]) -> pl.DataFrame:
    """As the query in ``table``, value by value: for a short sheet a query takes longer to begin."""
    lists = [[v if v is None else v.strip(_WHITE) for v in frame[at].to_list()] for at in places]
    rows = [
        (row, *cells)
        for row, cells in enumerate(zip(*lists, strict=True), 1)
        if row > 1 and any(cell is not None for cell in cells)
    ]
    schema = {"row": pl.Int64, **dict.fromkeys(wanted, pl.String)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _heading(cell: str | None) -> str:
    return " ".join((cell or "").upper().split("(")[0].split())


def whole(column: str) -> pl.Expr:
    """Whole rupiah or a count from text: ``16800``, ``16.800``, ``Rp16.800,00``; null when it is neither."""
    bare = pl.col(column).str.replace(r",0+$", "").str.replace(r"^\s*[Rr]p\.?\s*", "")
    form = r"^-?(\d+|\d{1,3}(\.\d{3})+)$"
    return pl.when(bare.str.contains(form)).then(bare.str.replace_all(r"\.", "").cast(pl.Int64, strict=False))


def month(column: str) -> pl.Expr:
    """The first day of ``2026-04``, ``2026-04-01`` or ``04-2026``; null when it is none of them."""
    text = pl.col(column)
    iso = text.str.extract(r"^(\d{4}-\d{2})(?:-\d{2}.*)?$")
    turned = pl.concat_str(
        text.str.extract(r"^(?:\d{2}[-/])?(\d{2})[-/](\d{4})$", 2),
        pl.lit("-"),
        text.str.extract(r"^(?:\d{2}[-/])?(\d{2})[-/](\d{4})$", 1),
    )
    return pl.concat_str(pl.coalesce(iso, turned), pl.lit("-01")).str.to_date("%Y-%m-%d", strict=False)


def day(column: str) -> pl.Expr:
    """A date from ``30-10-2024``, ``30/10/2024`` or ``2024-10-30``; null when it is none of them."""
    text = pl.col(column).str.slice(0, 10).str.replace_all("/", "-")
    return pl.coalesce(text.str.to_date("%Y-%m-%d", strict=False), text.str.to_date("%d-%m-%Y", strict=False))
