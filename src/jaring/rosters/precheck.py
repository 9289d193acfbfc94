"""Looks at a file's bytes before any parser does: what it is, and whether it is a trap.

Runs in the child (see ``child``) with the standard library alone, streaming, so that nothing is
inflated beyond the limits even while it is being judged.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from jaring.facts.reason import Refused, refuse
from jaring.rosters.limits import Limits

_ASK_XLSX = "Buka dengan Excel atau LibreOffice, lalu simpan sebagai Buku Kerja Excel (.xlsx) dan kirim lagi."
_COPY_OUT = (
    "Salin daftarnya saja ke buku kerja baru (tempel sebagai nilai), simpan sebagai .xlsx, lalu kirim lagi."
)
#: What is not a table at all, by its first bytes.
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x1f\x8b", "arsip GZ"),
    (b"{\\rtf", "dokumen RTF"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "basis data"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_OVERLAP = 64
_DECLARATION = re.compile(rb"<![DdEe]")


def far_cell(limits: Limits) -> re.Pattern[bytes]:
    """Finds a cell reference beyond the limits; one pattern, so that honest cells cost nothing."""
    if (limits.rows, limits.columns) != (200_000, 100):
        raise ValueError("the pattern below is written for 200,000 rows and 100 columns (CV)")
    # The form that every spreadsheet program writes. One that writes it otherwise to slip past is met by
    # the child's limits; this only gives the honest uploader a sentence that says what to mend.
    return re.compile(rb' r="(?:[A-Z]{3}|C[W-Z]|[D-Z][A-Z]|[A-Z]{1,2}(?:[2-9][0-9]{5}|[0-9]{7}))')


def look(data: bytes, limits: Limits) -> str:
    """The form of the file: ``xlsx``, ``ods``, ``xls`` or ``text``. Refused when it is none or a trap."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise refuse(
            "berkas-kosong",
            "Berkas kosong: tidak ada isinya sama sekali.",
            "Periksa berkas asalnya lalu kirim lagi.",
        )
    for magic, name in _FOREIGN:
        if data.startswith(magic):
            raise refuse("bukan-tabel", f"Berkas ini {name}, bukan tabel.", _ASK_XLSX)
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, limits)
    return _text(data, limits)


def _ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refuse(
            "berkas-bersandi",
            "Berkas dikunci dengan kata sandi sehingga tidak dapat dibaca.",
            "Buka, hapus kata sandinya (Berkas > Info > Proteksi), simpan, lalu kirim lagi.",
        )
    if "Workbook".encode("utf-16-le") not in data and "Book".encode("utf-16-le") not in data:
        raise refuse(
            "bukan-tabel", "Berkas ini dokumen Office lama yang tidak berisi lembar kerja.", _ASK_XLSX
        )
    return "xls"


def _text(data: bytes, limits: Limits) -> str:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<style")):
        raise refuse(
            "bukan-tabel", "Berkas ini halaman web atau XML yang diberi nama seperti tabel.", _ASK_XLSX
        )
    if len(data) > limits.text_bytes:
        raise refuse(
            "berkas-terlalu-besar",
            "Berkas teks terlalu besar.",
            "Bagi daftar menjadi beberapa berkas, misalnya per kecamatan.",
        )
    sample = data[:65536]
    if not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        odd = sum(sample.count(bytes([code])) for code in (*range(1, 9), *range(14, 26), *range(28, 32)))
        if odd > len(sample) // 50:
            raise refuse("bukan-tabel", "Isi berkas bukan teks dan bukan buku kerja yang dikenal.", _ASK_XLSX)
    return "text"


def _zipped(data: bytes, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _archive(archive, limits)
    except Refused:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ) as broken:
        raise refuse(
            "berkas-rusak", "Berkas rusak atau terpotong saat disimpan atau dikirim.", _ASK_XLSX
        ) from broken


def _archive(archive: zipfile.ZipFile, limits: Limits) -> str:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > limits.members or len(set(names)) != len(names):
        raise refuse(
            "berkas-mencurigakan", "Susunan dalam berkas tidak wajar untuk sebuah buku kerja.", _COPY_OUT
        )
    if any(
        name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\x00" in name for name in names
    ):
        raise refuse("berkas-mencurigakan", "Berkas memuat nama jalur yang berbahaya.", _COPY_OUT)
    if any(member.flag_bits & 1 for member in members):
        raise refuse(
            "berkas-bersandi",
            "Berkas dikunci dengan kata sandi sehingga tidak dapat dibaca.",
            "Hapus kata sandinya, simpan, lalu kirim lagi.",
        )
    lower = {name.lower() for name in names}
    if "xl/workbook.xml" in lower or "xl/workbook.bin" in lower:
        form = "xlsx"
    elif "content.xml" in lower and "mimetype" in lower:
        form = "ods"
    else:
        what = "dokumen Word" if any(n.startswith("word/") for n in lower) else "arsip ZIP atau dokumen lain"
        raise refuse("bukan-tabel", f"Berkas ini {what}, bukan buku kerja.", _ASK_XLSX)
    spent = 0
    far = far_cell(limits)
    for member in members:
        name = member.filename.lower()
        # Pictures and macros are never inflated: no reader here opens them.
        if name.endswith((".xml", ".rels", ".bin")) and "/media/" not in name and "vbaproject" not in name:
            spent = _member(archive, member, spent, far if "worksheets/" in name else None, limits)
    return form


def _member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    spent: int,
    far: re.Pattern[bytes] | None,
    limits: Limits,
) -> int:
    size, tail = 0, b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if not size and b"\x00" in chunk[:64] and not member.filename.lower().endswith(".bin"):
                raise refuse(
                    "berkas-mencurigakan", "Isi berkas ditulis dengan pengodean yang tidak wajar.", _COPY_OUT
                )
            size += len(chunk)
            packed = max(member.compress_size, 1)
            if spent + size > limits.inflated_bytes or (
                size > limits.ratio_from_bytes and size > limits.ratio * packed
            ):
                raise refuse(
                    "bom-zip", "Isi berkas mengembang jauh di luar ukuran wajar (bom zip).", _COPY_OUT
                )
            window = tail + chunk
            if _DECLARATION.search(window) and not member.filename.lower().endswith(".bin"):
                raise refuse(
                    "dtd",
                    "Berkas memuat deklarasi XML (DTD) yang tidak pernah ada dalam buku kerja biasa.",
                    _COPY_OUT,
                )
            if far is not None and far.search(window):
                raise refuse(
                    "sel-terlalu-jauh",
                    f"Ada sel di luar baris {limits.rows:,} atau kolom ke-{limits.columns}.".replace(
                        ",", "."
                    ),
                    "Hapus sel yang tersesat jauh di bawah atau di kanan daftar, atau salin daftarnya "
                    "ke buku kerja baru.",
                )
            tail = window[-_OVERLAP:]
    return spent + size
