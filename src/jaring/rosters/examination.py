"""One file from bytes to checked rows: read, find the tables, normalise, check. No database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from jaring.facts.reason import refuse
from jaring.rosters import checks, formats, reading
from jaring.rosters.gathering import Gathered, gather
from jaring.rosters.normalise import EMPTY_ALIKE, normalise_alike
from jaring.rosters.reading import Sheets


@dataclass(frozen=True)
class Examination:
    """``rows``: normalise.COLUMNS and ``accepted``; ``problems``: see checks.check."""

    office: str
    sheets: Sheets
    gathered: Gathered
    rows: pl.DataFrame
    problems: pl.DataFrame

    @property
    def kind(self) -> str:
        """The kind of list, as given or found."""
        return self.gathered.format.kind

    @property
    def accepted(self) -> int:
        """Rows without an error."""
        return int(self.rows["accepted"].sum())

    def summary(self) -> dict[str, Any]:
        """The answer of the door ``jaring rosters check --json``. Keys are stable; new ones may be added."""
        codes = Counter(self.problems["code"].to_list())
        rows = set(self.problems.select("severity", "at").iter_rows())
        severities = Counter(severity for severity, _ in rows)
        ignored = Counter(str(one["why"]) for one in self.gathered.ignored)
        return {
            "file": self.sheets.file_name,
            "sha256": self.sheets.sha256,
            "form": self.sheets.form,
            "office": self.office,
            "kind": self.kind,
            "kind_label": self.gathered.format.label,
            "sheets": self._tables(),
            "read": self.rows.height,
            "accepted": self.accepted,
            "quarantined": self.rows.height - self.accepted,
            "by_code": dict(sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))),
            "rows_by_severity": dict(sorted(severities.items())),
            "ignored": dict(sorted(ignored.items())),
        }

    def _tables(self) -> list[dict[str, Any]]:
        counts = Counter(self.gathered.raw["block"].to_list())
        return [
            {
                "name": self.sheets.sheets[block.sheet].name,
                "header_row": block.header + 1,
                "rows": counts[number],
                "columns": {
                    block.written.get(column, ""): name
                    for column, name in block.columns.items()
                    if column in block.written
                },
                "unused": [text for column, text in block.written.items() if column not in block.columns],
            }
            for number, block in enumerate(self.gathered.blocks)
        ]


@dataclass(frozen=True)
class Opened:
    """A file that was read and is a list; its rows are not yet normalised and checked."""

    office: str
    desa_code: str | None
    sheets: Sheets
    gathered: Gathered

    @property
    def _named(self) -> bool:
        return any("name" in block.columns.values() for block in self.gathered.blocks)

    @property
    def likeness(self) -> tuple[str, bool, tuple[str, ...]]:
        """Lists of the same likeness may be checked together."""
        telling = set(self.gathered.raw.columns) - EMPTY_ALIKE
        return (
            self.gathered.format.kind,
            self._named,
            tuple(sorted(name for name in telling if not name.endswith("_n"))),
        )

    def context(self, today: dt.date) -> checks.Context:
        """What the checks must know of the list."""
        form = self.gathered.format
        return checks.Context(form.kind, today, form.persons, self._named)


def examine(
    source: Path | str | Sheets,
    *,
    office: str = "",
    kind: str | None = None,
    desa_code: str | None = None,
    learnt: Mapping[str, str] | None = None,
    today: dt.date,
    region_key: str = "lotim",
) -> Examination:
    """Read and check a file. Refused when it is no list, or cannot be read safely."""
    found = opened(source, office=office, kind=kind, desa_code=desa_code, learnt=learnt)
    return checked([found], today=today, region_key=region_key)[0]


def opened(
    source: Path | str | Sheets,
    *,
    office: str = "",
    kind: str | None = None,
    desa_code: str | None = None,
    learnt: Mapping[str, str] | None = None,
) -> Opened:
    """The first half of ``examine``: all that can refuse a file."""
    if kind is not None and kind not in formats.formats():
        known = ", ".join(sorted(formats.formats()))
        raise refuse(
            "jenis-tak-dikenal", f"Jenis daftar {kind!r} tidak dikenal.", f"Pilih salah satu: {known}."
        )
    sheets = source if isinstance(source, Sheets) else reading.read(source)
    gathered = gather(sheets, office=office, kind=kind, learnt=learnt)
    if not gathered.format.roster:
        raise refuse(
            "bukan-daftar",
            "Berkas ini bukan daftar orang (anggaran, jawaban, tagihan, SP2D, atau mutasi).",
            "Kirim lewat perintah yang sesuai; daftar orang memuat NIK atau nama per baris.",
        )
    if not gathered.blocks:
        raise refuse(
            "daftar-tidak-ditemukan",
            "Tidak ada lembar dengan baris judul kolom yang memuat NIK atau nama.",
            "Tulis judul kolom di satu baris, misalnya NO, NIK, NAMA, TANGGAL LAHIR, DESA.",
        )
    if gathered.raw.is_empty():
        raise refuse(
            "daftar-kosong",
            "Judul kolom ada, tetapi tidak ada baris isinya.",
            "Isi daftarnya lalu kirim lagi.",
        )
    return Opened(office, desa_code, sheets, gathered)


def checked(found: Sequence[Opened], *, today: dt.date, region_key: str = "lotim") -> list[Examination]:
    """The second half, for lists of one likeness: each as if it had been examined alone."""
    lists = [(one.gathered, one.desa_code) for one in found]
    frame = normalise_alike(lists, region_key=region_key)
    rows, problems = checks.check(frame, found[0].context(today))
    examinations, start, done = [], 0, 0
    for one in found:
        height = one.gathered.raw.height
        # Problems stand in the order of the rows they belong to.
        end = int(problems["at"].search_sorted(start + height, side="left"))
        own = problems[done:end].with_columns(pl.col("at") - pl.lit(start, dtype=pl.UInt32))
        examinations.append(Examination(one.office, one.sheets, one.gathered, rows.slice(start, height), own))
        start, done = start + height, end
    return examinations
