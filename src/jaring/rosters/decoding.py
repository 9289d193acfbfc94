"""What encoding and what delimiter a text file has. Standard library first; it runs in the child."""

from __future__ import annotations

import codecs
import csv
import io
import re

from jaring.facts.reason import refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNLIKELY = ["mac_roman", "cp1250", "cp850", "cp437"]
_SAMPLE = 64 * 1024
_DELIMITERS = ";\t|,^~"
_LONGEST_LINE = 1_000_000


def decode(data: bytes) -> str:
    """The text of a file: a mark if it has one, else UTF-8, UTF-16 by its zeros, else the likeliest."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace").replace("\0", "")
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    if zeros > len(sample) // 4:
        even = sample[::2].count(0)
        return data.decode("utf-16-be" if even > zeros - even else "utf-16-le", errors="replace").replace(
            "\0", ""
        )
    # Offices' Excel writes cp1252 when it does not write UTF-8; five bytes have no meaning there.
    for name in ("utf-8", "cp1252"):
        try:
            return data.decode(name).replace("\0", "")
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_UNLIKELY).best()
    return data.decode(best.encoding if best is not None else "cp1252", errors="replace").replace("\0", "")


def delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without Excel's ``sep=`` line."""
    said = re.match(r"\s*\"?sep=(.)\"?\s*(\r\n|\n|\r|$)", text[:64], flags=re.IGNORECASE)
    if said:
        # Excel does not show this line: rows are counted from the one below it.
        return said[1], text[said.end() :]
    lines = text[: 256 * 1024].splitlines()[:60]
    if _endless_line(text):
        raise refuse(
            "baris-terlalu-panjang",
            "Ada baris yang panjangnya tidak wajar; berkas ini mungkin bukan tabel.",
            "Simpan daftar sebagai .xlsx lalu kirim lagi.",
        )
    return max(_DELIMITERS, key=lambda mark: _evenness(lines, mark)), text


def _endless_line(text: str) -> bool:
    starts = range(0, len(text) - _LONGEST_LINE, _LONGEST_LINE)
    return any(
        text.find("\n", at, at + _LONGEST_LINE) < 0 > text.find("\r", at, at + _LONGEST_LINE) for at in starts
    )


def _evenness(lines: list[str], mark: str) -> float:
    """How many columns the lines get, counted over the lines that agree on the number."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=mark) if row]
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return widths.count(usual) / len(widths) * min(usual, 12) if usual > 1 else 0.0
