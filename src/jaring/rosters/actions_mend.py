"""A held row put right on the site: its correction is a list of its own, and the old row names it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jaring.facts.reason import refuse
from jaring.journal.actions import record
from jaring.officers.scope import WHOLE, current, scoped
from jaring.rosters import checks
from jaring.rosters.actions import receive_examined
from jaring.rosters.examination import Examination
from jaring.rosters.formats import formats
from jaring.rosters.gathering import Gathered
from jaring.rosters.headers import Block
from jaring.rosters.models import Mended, Problem, Row
from jaring.rosters.normalise import COLUMNS, normalise
from jaring.rosters.reading import Sheets
from jaring.rosters.sealing import SEALED, unseal
from jaring.tables.frames import read

#: What may be typed anew; all else stays as the list has it.
FIELDS = ("nik", "name", "birth_date", "sex")
#: Registers that speak for their own office alone: whom the insurer covers, who is dead, whom a company pays.
OFFICIAL = ("peserta_aktif", "dukcapil", "siak", "perusahaan", "proyek")
_SHEET = "Perbaikan"


def wrong_fields(row: Row) -> list[str]:
    """The fields of a row that its problems are about; without a NIK, those that could tell who it is."""
    columns: set[str] = set()
    # The row is seen, and so are its problems; their own policy would look through all rows for it.
    with scoped(WHOLE):
        problems = list(Problem.objects.filter(row=row))
    for problem in problems:
        columns |= {"nik", "name", "birth_date"} if problem.code == "identitas-kurang" else {problem.column}
    return [name for name in FIELDS if name in columns]


@transaction.atomic
def mend(row_id: int, typed: Mapping[str, str], *, office: str, desa_code: str | None, by: str) -> Row:
    """Store the row again with ``typed`` (of ``FIELDS``) in place of what was wrong; returns the new row.

    Refused while something would still hold it back. Mended again, it stays as it was mended first.
    """
    row = Row.seen.select_for_update(of=("self",)).filter(pk=row_id, accepted=False).first()
    if row is None:
        raise refuse("baris-tidak-ada", "Baris ini tidak ada atau tidak tertahan.", "Muat ulang daftarnya.")
    current().require("roster.receive", row.desa_code or desa_code)
    done = Mended.objects.filter(row=row).select_related("by_row").first()
    if done is not None:
        return done.by_row
    old, kind, whose = _opened(row)
    if kind in OFFICIAL and whose != office:
        raise refuse(
            "bukan-daftar-desa",
            "Baris ini dari daftar resmi kantor lain, jadi tidak diperbaiki di sini.",
            "Beri tahu Disnakertrans bila datanya keliru.",
        )
    frame = _again(old, kind, typed, row.desa_code or desa_code)
    own = formats()[kind]
    rows, problems = checks.check(frame, checks.Context(kind, timezone.localdate(), own.persons, True))
    still = problems.filter(pl.col("severity") == "error")
    if still.height:
        first = still.row(0, named=True)
        raise refuse(first["code"], first["sentence"], first["mend"])
    data = json.dumps({"baris": row.pk, **dict(sorted(typed.items()))}, ensure_ascii=False).encode()
    name = f"Perbaikan baris {row.row_no}"
    sheets = Sheets(name, hashlib.sha256(data).hexdigest(), "text", ())
    gathered = Gathered(own, [], pl.DataFrame())
    roster = receive_examined(Examination(office, sheets, gathered, rows, problems), data, by=by)
    fresh = Row.objects.get(roster=roster)
    Mended.objects.create(
        row=row,
        by_row=fresh,
        roster_id=row.roster_id,
        desa_code=row.desa_code or desa_code,
        by=by,
        at=timezone.now(),
    )
    record("rosters.mend", f"baris {row.pk}", by=by, roster=roster.pk, fields=sorted(typed))
    return fresh


def _opened(row: Row) -> tuple[pl.DataFrame, str, str]:
    """The row as a frame of ``COLUMNS``, its list's kind, and the office that sent it.

    The officer sees the row; its list, which seals it and may be another office's, they need not see.
    """
    stored = ", ".join(f'r."{name}"' for name in COLUMNS if name not in SEALED)
    with scoped(WHOLE):
        frame = read(
            f"SELECT o.sha256, o.kind, o.office, r.secret, {stored} FROM rosters_row r"  # noqa: S608  our own columns
            " JOIN rosters_roster o ON o.id = r.roster_id WHERE r.id = %s",
            [row.pk],
        )
    kind, office = str(frame["kind"].item()), str(frame["office"].item())
    columns = [pl.col(name).cast(dtype) for name, dtype in COLUMNS.items()]
    return unseal(frame).select(columns), kind, office


def _again(old: pl.DataFrame, kind: str, typed: Mapping[str, str], desa_code: str | None) -> pl.DataFrame:
    """What was typed read as a list is read, beside what the row says already."""
    before = old.row(0, named=True)
    born: dt.date | None = before["birth_date"]
    said = {
        "nik": before["nik_raw"],
        "name": before["name"],
        "birth_date": born.strftime("%d-%m-%Y") if born else None,
        "sex": before["sex"],
        **{name: text.strip() or None for name, text in typed.items() if name in FIELDS},
    }
    raw = pl.DataFrame(
        {"row_no": [1], "sheet": [_SHEET], "block": [0], **{name: [text] for name, text in said.items()}},
        schema_overrides={"block": pl.Int32(), **dict.fromkeys(said, pl.String())},
    )
    block = Block(0, 0, 1, 2, {}, {}, "")
    frame = normalise(
        Gathered(formats()[kind], [block], raw, names=(_SHEET,)),
        desa_code=desa_code,
        region_key=settings.REGION,
    )
    read_anew = {"row_no", "sheet", "nik_raw", "nik", "nik_state", *FIELDS}
    if before["desa_code"] is None:
        read_anew |= {"desa_code", "kecamatan_code"}
    kept = [name for name in COLUMNS if name not in read_anew]
    return frame.with_columns(old[name] for name in kept)
