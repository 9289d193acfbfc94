"""Which files of a folder are lists, of which office, of which kind."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from jaring.facts.reason import refuse

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt"})
MANIFEST = "manifest.csv"


@dataclass(frozen=True)
class Item:
    """One file to receive, and what is told about it."""

    path: Path
    office: str
    kind: str | None = None
    desa_code: str | None = None
    as_of: dt.date | None = None


def items(inbox: Path) -> list[Item]:
    """Every file that may be a list, sorted. The folder it lies in names its office.

    A ``manifest.csv`` in any folder may say more of the files below it: file, office, kind, desa_code,
    as_of (YYYY-MM-DD). An empty cell says nothing; a file that is not there is refused.
    """
    if not inbox.is_dir():
        raise refuse("folder-tidak-ada", "Folder kotak masuk tidak ditemukan.", "Periksa nama dan tempatnya.")
    told: dict[Path, dict[str, str]] = {}
    for manifest in sorted(inbox.rglob(MANIFEST)):
        with manifest.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                path = (manifest.parent / row["file"]).resolve()
                if not path.is_file() or not path.is_relative_to(inbox.resolve()):
                    raise refuse(
                        "manifest-keliru",
                        "manifest.csv menyebut berkas yang tidak ada di folder ini.",
                        "Perbaiki kolom file.",
                    )
                told[path] = {name: (cell or "").strip() for name, cell in row.items() if name}
    return [
        _item(path, inbox, told.get(path.resolve(), {}))
        for path in sorted(inbox.rglob("*"))
        if _is_list(path)
    ]


def _is_list(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$"))
    return (
        path.suffix.lower() in SUFFIXES
        and path.name != MANIFEST
        and not hidden
        and path.is_file()
        and not path.is_symlink()
    )


def _item(path: Path, inbox: Path, told: dict[str, str]) -> Item:
    folder = path.parent.relative_to(inbox)
    office = told.get("office") or (folder.parts[0] if folder.parts else inbox.resolve().name)
    as_of = told.get("as_of")
    try:
        day = dt.date.fromisoformat(as_of) if as_of else None
    except ValueError as wrong:
        raise refuse(
            "manifest-keliru", "Kolom as_of di manifest.csv harus ditulis TTTT-BB-HH.", "Perbaiki tanggalnya."
        ) from wrong
    return Item(path, office, told.get("kind") or None, told.get("desa_code") or None, day)
