"""One file from bytes to checked rows: read, find the tables, normalise, check. No database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from jaring.facts.reason import refuse
from jaring.rosters import checks, formats, reading
from jaring.rosters.gathering import Gathered, gather
from jaring.rosters.normalise import normalise
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
        codes = self.problems.group_by("code").len().sort("len", "code", descending=[True, False])
        severities = self.problems.group_by("severity").agg(pl.col("at").n_unique()).sort("severity")
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
            "by_code": dict(codes.iter_rows()),
            "rows_by_severity": dict(severities.iter_rows()),
            "ignored": dict(sorted(ignored.items())),
        }

    def _tables(self) -> list[dict[str, Any]]:
        counts = dict(self.gathered.raw.group_by("block").len().iter_rows())
        return [
            {
                "name": self.sheets.sheets[block.sheet].name,
                "header_row": block.header + 1,
                "rows": counts.get(number, 0),
                "columns": {
                    block.written.get(column, ""): name
                    for column, name in block.columns.items()
                    if column in block.written
                },
                "unused": [text for column, text in block.written.items() if column not in block.columns],
            }
            for number, block in enumerate(self.gathered.blocks)
        ]


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
    frame = normalise(gathered, desa_code=desa_code, region_key=region_key)
    named = any("name" in block.columns.values() for block in gathered.blocks)
    context = checks.Context(gathered.format.kind, today, gathered.format.persons, named)
    rows, problems = checks.check(frame, context)
    return Examination(office, sheets, gathered, rows, problems)
