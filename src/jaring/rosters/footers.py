"""Rows under a header that are no persons: totals, signatures, notes, headings of sections, end marks."""

from __future__ import annotations

import re

import polars as pl

from jaring.rosters.headers import Block

_TOTAL = re.compile(r"^\W*(jumlah|total|sub ?total|jml|grand total|jumlah total)\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"^\W*(mengetahui|menyetujui|mengesahkan|disahkan|dibuat oleh|yang membuat|penanggung ?jawab"
    r"|a\.?n\.?\s|plt\b|nip\b|ttd\b"
    r"|tanda tangan|hormat kami|demikian)|\bnip[ .:]+\d|^\W*[A-Za-z' \-]{3,25},\s*(\d{1,2}|\.{2,}"
    r"|…)\s*[A-Za-z.…]+\s*(\d{4}|\.+)?\s*$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^\W*(kepala (desa|dinas|bidang|kelurahan|seksi)|lurah|camat|sekretaris|ketua|direktur|pimpinan)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^\W*(catatan|keterangan|ket|nb|n\.b|sumber|note|dicetak|tanggal cetak|halaman)\b|^\*",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^\W*([a-z]|[ivx]{1,4}|\d{1,2})?[.)]?\s*(data |daftar |nama |anggota |unsur |pengurus )*(perangkat"
    r"|aparatur?|bpd|badan permusyawaratan|rt\b|rw\b"
    r"|kader|posyandu|linmas|satlinmas|hansip|bkd|staf|marbot|guru ngaji|dusun|desa|kelurahan|lingkungan"
    r"|kecamatan|kelompok)\b[^0-9]{0,60}\d{0,3}\W*$",
    re.IGNORECASE,
)
#: Beyond this many such rows a table is simply poor in columns, and every row is a person's.
_MOST = 5000
#: Rows of a table up to which it is looked through row by row.
SHORT = 400
_DIGITS = re.compile("[0-9]{5}")


def others(frame: pl.DataFrame, block: Block) -> tuple[dict[int, str], dict[int, str], int]:
    """Rows of a block that are no persons → why; rows that are section headings → text; the block's end.

    Row numbers count from 0 in the sheet. A row with a NIK cell is always a person's.
    """
    nik, name = block.column_of("nik"), block.column_of("name")
    if nik is None:
        nik = block.column_of("member")
    short = block.last - block.first <= SHORT
    few = (_few_short if short else _few_long)(frame, block, nik, name)
    if len(few) > _MOST:
        return {}, {}, block.last
    why: dict[int, str] = {}
    sections: dict[int, str] = {}
    closing = False
    for at, row in few:
        own = row[name] if name is not None else None
        if any(str(cell).startswith("###") for cell in row[:2]):
            return why, sections, at
        cells = [str(cell) for cell in row if cell is not None]
        reason = _reason(cells, own, closing)
        if reason == "tanda-tangan":
            closing = True
        if reason == "judul-bagian":
            sections[at] = " ".join(cells)
        if reason:
            why[at] = reason
    return why, sections, block.last


#: Rows of the sheet by number that may be no person's.
_Few = list[tuple[int, tuple[str | None, ...]]]


def _few_short(frame: pl.DataFrame, block: Block, nik: int | None, name: int | None) -> _Few:
    """As ``_few_long``, row by row: a query costs more than some hundred rows do."""
    few: _Few = []
    for at, row in enumerate(frame.slice(block.first, block.last - block.first).rows(), block.first):
        if any(cell is not None and cell.startswith("###") for cell in row[:2]):
            few.append((at, row))
            continue
        number = row[nik] if nik is not None else None
        if number is not None and _DIGITS.search(number):
            continue
        filled = len(row) - row.count(None)
        nameless = row[name] is None if name is not None else nik is not None
        if filled and (nameless or filled <= 2):
            few.append((at, row))
    return few


def _few_long(frame: pl.DataFrame, block: Block, nik: int | None, name: int | None) -> _Few:
    filled = pl.sum_horizontal(pl.all().is_not_null().cast(pl.Int32))
    # A signature may well stand in the NIK column; it has no run of digits.
    no_nik = ~pl.col(f"c{nik}").str.contains("[0-9]{5}").fill_null(False) if nik is not None else pl.lit(True)
    no_name = pl.col(f"c{name}").is_null() if name is not None else pl.lit(nik is not None)
    # OpenSID's layouts end with ### in the first or second column.
    ends = pl.any_horizontal(pl.col(c).str.starts_with("###").fill_null(False) for c in frame.columns[:2])
    chosen = (no_nik & (no_name | (filled <= 2)) & (filled > 0)) | ends
    few = (
        frame.lazy()
        .slice(block.first, block.last - block.first)
        .select(pl.all(), row=pl.int_range(pl.len(), dtype=pl.Int64) + block.first, chosen=chosen)
        .filter("chosen")
        .drop("chosen")
        .collect(engine="in-memory")
    )
    if few.height > _MOST:
        few = few.head(_MOST + 1)
    return list(zip(few["row"].to_list(), few.drop("row").rows(), strict=True))


def _reason(cells: list[str], own: str | None, closing: bool) -> str | None:
    text = " ".join(cells).strip()
    if any(_TOTAL.match(cell) for cell in cells):
        return "jumlah"
    if any(_SIGNED.search(cell) for cell in cells):
        return "tanda-tangan"
    if (own is None or _OFFICE.match(own)) and any(_OFFICE.match(cell) for cell in cells):
        return "tanda-tangan"
    if closing:
        return "tanda-tangan"
    if len(cells) == 1 and _SECTION.match(text):
        return "judul-bagian"
    if _NOTE.match(text) and (own is None or len(cells) == 1):
        return "catatan"
    if own is None and all(re.fullmatch(r"[\W\d]{1,4}", cell) for cell in cells):
        # Numbered lines that were never filled in.
        return "baris-kosong-bernomor"
    return None
