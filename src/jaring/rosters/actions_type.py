"""Rows typed on the site become one small list per sending, read and checked as any list is."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from jaring.facts.reason import refuse
from jaring.journal.actions import record
from jaring.officers.scope import current, village_office
from jaring.rosters import reading
from jaring.rosters.actions import receive_examined
from jaring.rosters.examination import examine
from jaring.rosters.models import Roster, Typed

#: More than anybody types in a day without a line.
MOST = 200
_HEADS = {
    "nik": "NIK",
    "name": "NAMA",
    "birth_date": "TANGGAL LAHIR",
    "sex": "JENIS KELAMIN",
    "work": "JABATAN",
    "phone": "NO HP",
}


@dataclass(frozen=True)
class Line:
    """One person as typed. ``work``: job or position. ``birth_date``: hh-bb-tttt."""

    key: UUID
    name: str
    nik: str = ""
    birth_date: str = ""
    sex: str = ""
    work: str = ""
    phone: str = ""


@transaction.atomic
def type_rows(lines: Sequence[Line], *, desa_code: str, by: str) -> Roster | None:
    """Store those of ``lines`` whose keys are new; None when all were stored before."""
    current().require("roster.receive", desa_code)
    if len(lines) > MOST:
        raise refuse("terlalu-banyak", f"Paling banyak {MOST} baris sekali kirim.", "Kirim sebagai berkas.")
    with connection.cursor() as cursor:
        # Two sendings of one desa at once: the second sees what the first has stored.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rosters.type'), hashtext(%s))", [desa_code])
    fresh = _fresh(lines)
    if not fresh:
        return None
    data = _written(fresh)
    now = timezone.localtime()
    office = village_office(desa_code)
    sheets = reading.read_bytes(data, f"Ketikan {now:%d-%m-%Y %H.%M}")
    examination = examine(
        sheets,
        office=office,
        kind="umum",
        desa_code=desa_code,
        today=now.date(),
        region_key=settings.REGION,
    )
    roster = receive_examined(examination, data, by=by)
    Typed.objects.bulk_create([Typed(key=line.key, roster=roster, by=by, at=now) for line in fresh])
    record("rosters.type", f"daftar {roster.pk}", by=by, rows=len(fresh), again=len(lines) - len(fresh))
    return roster


def _fresh(lines: Sequence[Line]) -> list[Line]:
    """One line per key, without the keys that are known. A key that another desa used is refused below by
    the table, and tells nothing."""
    known = set(Typed.objects.filter(key__in=[line.key for line in lines]).values_list("key", flat=True))
    first: dict[UUID, Line] = {}
    for line in lines:
        if line.key not in known:
            first.setdefault(line.key, line)
    return list(first.values())


def _written(lines: Sequence[Line]) -> bytes:
    """The lines as the file that is kept. The keys are in it: the same people typed anew are a new file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([*_HEADS.values(), "KODE KIRIM"])
    for line in lines:
        cells = [" ".join(str(getattr(line, name)).split()) for name in _HEADS]
        writer.writerow([*cells, f"k{line.key}"])
    return out.getvalue().encode()
