"""The process that parses strangers' files, so that a file which kills its parser kills only a child.

Run as ``python -m jaring.rosters.child FD``: it imports the parser once, then forks for each message,
puts limits on the fork, and reports how the fork ended. It holds no frame library and no threads, so
that forking is safe and takes some milliseconds, which is why several short files may share a fork.
Cells travel back by pipe, never by a file on disk.

A message to it: one byte with two descriptors, the files and the pipe to answer on; each file with its
length before it. The answers on the pipe, in the same order, each with its length before it: length of a
JSON head, the head, then the text of each column with NUL between cells and, for columns that hold more
than text, one letter per cell (s text, n number, d date, b truth, t time). Lengths are eight bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import gc
import io
import itertools
import json
import os
import signal
import socket
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Any

from jaring.facts.reason import Refused, refuse
from jaring.rosters import decoding, precheck
from jaring.rosters.limits import LIMITS, Limits

_CHUNK = 4096


def serve(link: socket.socket) -> None:
    """Until the other side closes: take files, fork, wait, report the fork's end."""
    import python_calamine  # noqa: F401  loaded once here, shared by every fork

    # A fork lives for one file: looking for garbage among its cells took a tenth of its time.
    gc.disable()
    while True:
        message, descriptors, _, _ = socket.recv_fds(link, 1, 2)
        if not message:
            return
        file, pipe = descriptors
        child = os.fork()
        if child == 0:
            link.close()
            _alone(file, pipe)
        os.close(file)
        os.close(pipe)
        status = os.waitpid(child, 0)[1]
        link.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def _alone(file: int, pipe: int) -> None:
    code = 1
    try:
        _confine(LIMITS)
        with os.fdopen(file, "rb") as source, os.fdopen(pipe, "wb") as out:
            # Everything is read before anything is written, so that the two pipes cannot block each other.
            files = io.BytesIO(source.read())
            while length := files.read(8):
                _answer(files.read(int.from_bytes(length, "big")), out)
        code = 0
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def _answer(data: bytes, out: IO[bytes]) -> None:
    head: dict[str, Any]
    try:
        head, parts = parse(data, LIMITS)
    except Refused as refused:
        head, parts = {"refused": [refused.reason.code, refused.reason.sentence, refused.reason.mend]}, []
    text = json.dumps(head).encode()
    out.write((8 + len(text) + sum(map(len, parts))).to_bytes(8, "big"))
    out.write(len(text).to_bytes(8, "big"))
    out.write(text)
    for part in parts:
        out.write(part)


def _confine(limits: Limits) -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        # A core file would hold names and NIKs.
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.wall_seconds)
    # An abort of the parser prints to stderr; the message could quote a cell.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def parse(data: bytes, limits: Limits) -> tuple[dict[str, Any], list[bytes]]:
    """The head and the body of the answer for a file's bytes."""
    form = precheck.look(data, limits)
    tables = _text(data, limits) if form == "text" else _workbook(data, form, limits)
    sheets, parts = [], []
    for name, rows, most in tables:
        sheet, body = _columns(name, rows, most)
        sheets.append(sheet)
        parts += body
    return {"form": form, "sheets": sheets}, parts


def _text(data: bytes, limits: Limits) -> Iterator[tuple[str, Iterable[list[Any]], int]]:
    text = decoding.decode(data)
    csv.field_size_limit(limits.cell_characters)
    delimiter, text = decoding.delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    yield "", _guarded(rows), limits.text_rows


def _guarded(rows: Iterable[list[str]]) -> Iterator[list[Any]]:
    try:
        yield from rows
    except csv.Error as broken:
        raise refuse(
            "sel-terlalu-panjang",
            "Ada sel atau baris yang panjangnya tidak wajar; tanda kutip mungkin tidak ditutup.",
            "Periksa tanda kutip dalam berkas, atau simpan daftar sebagai .xlsx.",
        ) from broken


def _workbook(data: bytes, form: str, limits: Limits) -> Iterator[tuple[str, Iterable[list[Any]], int]]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
    except calamine.PasswordError as locked:
        raise refuse(
            "berkas-bersandi",
            "Berkas dikunci dengan kata sandi sehingga tidak dapat dibaca.",
            "Hapus kata sandinya, simpan, lalu kirim lagi.",
        ) from locked
    except Exception as broken:
        raise _unreadable(form) from broken
    if len(names) > limits.sheets:
        raise refuse(
            "lembar-terlalu-banyak", f"Berkas berisi {len(names)} lembar.", "Bagi menjadi beberapa berkas."
        )
    for number, name in enumerate(names):
        try:
            sheet = book.get_sheet_by_index(number)
            if sheet.total_height > limits.rows or sheet.total_width > limits.columns:
                raise refuse(
                    "sel-terlalu-jauh",
                    f"Lembar ke-{number + 1} memuat sel di luar baris 200.000 atau kolom ke-100.",
                    "Salin daftarnya saja ke buku kerja baru lalu kirim lagi.",
                )
            rows = sheet.to_python(skip_empty_area=False)
        except calamine.WorksheetNotFound:
            continue  # a chart sheet holds no cells
        except (Refused, MemoryError):
            raise
        except Exception as broken:
            raise _unreadable(form) from broken
        yield name, rows, limits.rows


def _unreadable(form: str) -> Refused:
    return refuse(
        "berkas-rusak",
        f"Buku kerja ({form}) rusak dan tidak dapat dibaca.",
        "Buka dengan Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu kirim lagi.",
    )


def _columns(name: str, rows: Iterable[list[Any]], most: int) -> tuple[dict[str, Any], list[bytes]]:
    """One sheet as columns: joined text, and letters for columns that hold more than text."""
    texts: list[list[str]] = []
    letters: list[list[str]] = []
    height = 0
    source = iter(rows)
    while chunk := list(itertools.islice(source, _CHUNK)):
        width = max(map(len, chunk))
        if width > LIMITS.columns or height + len(chunk) > most:
            raise refuse(
                "sel-terlalu-jauh",
                "Tabel terlalu lebar atau terlalu panjang; pemisah kolom mungkin keliru.",
                "Periksa pemisah kolomnya, atau simpan daftar sebagai .xlsx.",
            )
        for _ in range(len(texts), width):
            # A column that begins further down is empty above.
            texts.append(["\0" * (height - 1)] if height else [])
            letters.append(["s" * height] if height else [])
        for column, cells in enumerate(itertools.zip_longest(*chunk, fillvalue="")):
            text, kind = _cells(cells)
            texts[column].append(text)
            letters[column].append(kind if kind is not None else "s" * len(cells))
        for column in range(width, len(texts)):
            texts[column].append("\0" * (len(chunk) - 1))
            letters[column].append("s" * len(chunk))
        height += len(chunk)
    head: list[list[int]] = []
    parts: list[bytes] = []
    for text_parts, letter_parts in zip(texts, letters, strict=True):
        body = "\0".join(text_parts).encode("utf-8", "replace")
        kinds = "".join(letter_parts).encode()
        plain = kinds.count(b"s") == len(kinds)
        head.append([len(body), 0 if plain else len(kinds)])
        parts.append(body)
        if not plain:
            parts.append(kinds)
    return {"name": name, "rows": height, "columns": head}, parts


def _cells(cells: tuple[Any, ...]) -> tuple[str, str | None]:
    kind: str | None = None
    try:
        text = "\0".join(cells)
    except TypeError:
        written = [_written(cell) for cell in cells]
        cells, kind = tuple(cell for cell, _ in written), "".join(letter for _, letter in written)
        text = "\0".join(cells)
    if text.count("\0") != len(cells) - 1:
        text = "\0".join(cell.replace("\0", "") for cell in cells)
    return text, kind


def _written(cell: Any) -> tuple[str, str]:
    """A cell as text and its letter. A number loses nothing that the file still held."""
    if type(cell) is str:
        return cell, "s"
    if isinstance(cell, bool):
        return ("TRUE" if cell else "FALSE"), "b"
    if isinstance(cell, float):
        return (str(int(cell)) if cell.is_integer() else repr(cell)), "n"
    if isinstance(cell, int):
        return str(cell), "n"
    if isinstance(cell, dt.datetime):
        return (cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")), "d"
    if isinstance(cell, dt.date):
        return cell.isoformat(), "d"
    return str(cell), "t"


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
