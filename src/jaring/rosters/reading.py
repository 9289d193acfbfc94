"""Reads any list an office sends, in a child process with limits; every cell comes back as text."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from jaring.facts.reason import Reason, Refused, refuse
from jaring.rosters.limits import LIMITS

#: Rows of a sheet up to which its columns are taken in cell by cell, for a query costs more.
_SHORT = 400
#: Anything but Unicode's white space; Python's own notion takes in control signs too.
_FILLED = re.compile("[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


@dataclass(frozen=True)
class Sheet:
    """One table. ``frame``: text columns c0, c1, … (null when empty), row i is row i+1 of the sheet.

    ``kinds``: for columns that hold more than text, one letter per cell: s text, n number, d date,
    b truth value, t time. A number's letter is why a NIK typed as a number can be told apart.
    """

    name: str
    frame: pl.DataFrame
    kinds: dict[int, pl.Series] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheets:
    """A file as read: its name, its SHA-256, its form (xlsx, xls, ods, text) and its tables."""

    file_name: str
    sha256: str
    form: str
    sheets: tuple[Sheet, ...]


def read(path: Path | str) -> Sheets:
    """Read a file. Refused, with a sentence for the uploader, when it cannot or must not be read."""
    return read_bytes(load(Path(path)), Path(path).name)


def load(path: Path) -> bytes:
    """The bytes of a file, after a look at its size."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refuse("berkas-tidak-ada", "Yang diberikan bukan berkas.", "Tunjuk satu berkas daftar.")
        if size > LIMITS.text_bytes or (size > LIMITS.file_bytes and not _is_text(path)):
            raise refuse(
                "berkas-terlalu-besar",
                f"Berkas berukuran {size // 1_048_576} MB; paling besar {LIMITS.file_bytes // 1_048_576} MB.",
                "Bagi daftar menjadi beberapa berkas, misalnya per kecamatan.",
            )
        return path.read_bytes()
    except (FileNotFoundError, PermissionError) as missing:
        raise refuse(
            "berkas-tidak-ada",
            "Berkas tidak ditemukan atau tidak boleh dibuka.",
            "Periksa nama dan tempatnya.",
        ) from missing


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        return not file.read(4).startswith((b"PK", b"\xd0\xcf"))


def read_bytes(data: bytes, file_name: str) -> Sheets:
    """As ``read``, for bytes that were received."""
    found = read_together([(data, file_name)])[0]
    if isinstance(found, Refused):
        raise found
    return found


def read_together(files: Sequence[tuple[bytes, str]]) -> list[Sheets | Refused]:
    """As ``read_bytes`` for short files, by one child. When it ends early each is read by one of its own."""
    if not files:
        return []
    answers = _ask([data for data, _ in files])
    if answers is not None and len(answers) == len(files):
        return [_read(answer, *file) for answer, file in zip(answers, files, strict=True)]
    if len(files) > 1:
        return [found for file in files for found in read_together([file])]
    return [
        refuse(
            "berkas-membebani",
            "Berkas ini menghabiskan memori atau waktu, atau menghentikan pembacanya; pembacaan "
            "dibatalkan dengan aman.",
            "Salin daftarnya saja ke buku kerja baru (tempel sebagai nilai), simpan sebagai .xlsx, "
            "lalu kirim lagi.",
        )
    ]


def _read(answer: memoryview, data: bytes, file_name: str) -> Sheets | Refused:
    head_length = int.from_bytes(answer[:8], "big")
    head = json.loads(bytes(answer[8 : 8 + head_length]))
    if "refused" in head:
        code, sentence, mend = head["refused"]
        return Refused(Reason(code, "error", sentence, mend))
    try:
        sheets = _sheets(head, answer[8 + head_length :])
    except Refused as refused:
        return refused
    return Sheets(file_name, hashlib.sha256(data).hexdigest(), head["form"], sheets)


def _sheets(head: dict[str, Any], body: memoryview) -> tuple[Sheet, ...]:
    sheets, at = [], 0
    for sheet in head["sheets"]:
        texts, kinds = {}, {}
        for number, (text_length, kinds_length) in enumerate(sheet["columns"]):
            texts[f"c{number}"] = bytes(body[at : at + text_length])
            at += text_length
            if texts[f"c{number}"].count(b"\0") != max(sheet["rows"] - 1, 0):
                raise refuse(
                    "berkas-rusak",
                    "Isi berkas tidak terbaca utuh.",
                    "Simpan ulang sebagai .xlsx, lalu kirim lagi.",
                )
            if kinds_length:
                letters = str(body[at : at + kinds_length], "ascii")
                kinds[number] = pl.Series(list(letters), dtype=pl.String)
                at += kinds_length
        sheets.append(Sheet(sheet["name"], _cells(texts, sheet["rows"]), kinds))
    return tuple(sheets)


def _cells(texts: dict[str, bytes], rows: int) -> pl.DataFrame:
    """Columns from their joined texts. Blank cells become null; the others stay as they were written."""
    if rows <= _SHORT:
        filled = _FILLED.search
        return pl.DataFrame(
            {
                name: [cell if filled(cell) else None for cell in str(text, "utf-8").split("\0")]
                for name, text in texts.items()
            },
            schema=dict.fromkeys(texts, pl.String),
        )
    joined = pl.LazyFrame({name: [text] for name, text in texts.items()}, dict.fromkeys(texts, pl.Binary))
    cells = joined.select(pl.all().cast(pl.String).str.split("\0").explode())
    blank = [pl.col(name).str.strip_chars().str.len_bytes() == 0 for name in texts]
    return cells.select(
        pl.when(~empty).then(pl.col(name)).alias(name) for name, empty in zip(texts, blank, strict=True)
    ).collect(engine="in-memory")


class _Worker:
    """A child server and our end of its socket."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self.owner = os.getpid()
        self.link = ours
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  our own module by our own interpreter
                [sys.executable, "-m", "jaring.rosters.child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={
                    k: v
                    for k, v in os.environ.items()
                    if k in {"PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV"}
                },
            )

    def ask(self, files: Sequence[bytes]) -> tuple[bytes, int]:
        """Hand over the files; return what came back and how the fork ended (negative: by signal)."""
        taken, given = os.pipe()
        out, into = os.pipe()
        try:
            socket.send_fds(self.link, [b"!"], [taken, into])
        except OSError:
            os.close(given)
            os.close(out)
            raise
        finally:
            os.close(taken)
            os.close(into)
        # The fork reads everything before it writes anything, so the two pipes cannot block each other.
        with contextlib.suppress(BrokenPipeError), os.fdopen(given, "wb", buffering=0) as giving:
            for part in (part for data in files for part in (len(data).to_bytes(8, "big"), data)):
                view = memoryview(part)
                while view:
                    view = view[giving.write(view) :]
        with os.fdopen(out, "rb") as answers:
            answer = answers.read()
        code = self.link.recv(4, socket.MSG_WAITALL)
        if len(code) != 4:
            raise ConnectionError("the reading process ended")
        return answer, int.from_bytes(code, "big", signed=True)

    def close(self) -> None:
        self.link.close()
        self.process.wait()


_idle: list[_Worker] = []
_lock = threading.Lock()


def _ask(files: Sequence[bytes]) -> list[memoryview] | None:
    """The answer for each file; None when the fork that read them ended early."""
    for attempt in (1, 2):
        worker = _take()
        try:
            answer, code = worker.ask(files)
        except OSError:
            # The server itself is gone (killed by the system, say): a new one, once.
            worker.close()
            if attempt == 2:
                raise
            continue
        with _lock:
            _idle.append(worker)
        return _parted(memoryview(answer)) if code == 0 else None
    raise AssertionError("unreachable")


def _parted(body: memoryview) -> list[memoryview]:
    parts = []
    while body:
        end = 8 + int.from_bytes(body[:8], "big")
        parts.append(body[8:end])
        body = body[end:]
    return parts


def _take() -> _Worker:
    with _lock:
        while _idle:
            worker = _idle.pop()
            # After a fork of ours the workers belong to the parent alone.
            if worker.owner != os.getpid():
                continue
            if worker.process.poll() is None:
                return worker
            worker.close()
    return _Worker()


@atexit.register
def _end() -> None:
    with _lock:
        mine = [worker for worker in _idle if worker.owner == os.getpid()]
        _idle.clear()
    for worker in mine:
        worker.close()
