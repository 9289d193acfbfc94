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


def others(frame: pl.DataFrame, block: Block) -> tuple[dict[int, str], dict[int, str], int]:
    """Rows of a block that are no persons → why; rows that are section headings → text; the block's end.

    Row numbers count from 0 in the sheet. A row with a NIK cell is always a person's.
    """
    nik, name = block.column_of("nik"), block.column_of("name")
    if nik is None:
        nik = block.column_of("member")
    filled = pl.sum_horizontal(pl.all().is_not_null().cast(pl.Int32))
    # A signature may well stand in the NIK column; it has no run of digits.
    no_nik = ~pl.col(f"c{nik}").str.contains("[0-9]{5}").fill_null(False) if nik is not None else pl.lit(True)
    no_name = pl.col(f"c{name}").is_null() if name is not None else pl.lit(nik is not None)
    # OpenSID's layouts end with ### in the first or second column.
    ends = pl.any_horizontal(pl.col(c).str.starts_with("###").fill_null(False) for c in frame.columns[:2])
    chosen = (no_nik & (no_name | (filled <= 2)) & (filled > 0)) | ends
    part = frame.lazy().slice(block.first, block.last - block.first)
    index = pl.int_range(pl.len(), dtype=pl.Int64) + block.first
    few = (
        part.select(pl.all(), row=index, chosen=chosen)
        .filter("chosen")
        .drop("chosen")
        .collect(engine="in-memory")
    )
    if few.height > _MOST:
        return {}, {}, block.last
    why: dict[int, str] = {}
    sections: dict[int, str] = {}
    closing = False
    for row in few.iter_rows(named=True):
        at = row.pop("row")
        own = row.get(f"c{name}") if name is not None else None
        if any(str(row[column]).startswith("###") for column in frame.columns[:2]):
            return why, sections, at
        cells = [str(cell) for cell in row.values() if cell is not None]
        reason = _reason(cells, own, closing)
        if reason == "tanda-tangan":
            closing = True
        if reason == "judul-bagian":
            sections[at] = " ".join(cells)
        if reason:
            why[at] = reason
    return why, sections, block.last


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
