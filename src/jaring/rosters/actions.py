"""What changes the lists: receiving a file, receiving a folder of them, learning what a header means."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jaring.facts.reason import Refused, refuse
from jaring.journal.actions import record
from jaring.rosters import answered, keeping, reading
from jaring.rosters.examination import Examination, examine
from jaring.rosters.inbox import Item, items
from jaring.rosters.models import Mapping as Learnt
from jaring.rosters.models import Problem, Roster, Row
from jaring.rosters.sealing import seal
from jaring.rosters.synonyms import FIELDS, key
from jaring.tables.frames import copy_in

#: (files done, files in all, a sentence about the last one)
Progress = Callable[[int, int, str], None]
#: Files prepared at once: reading waits for a child, checking runs outside Python's lock.
_ABREAST = 3
#: Rows of a list up to which ``receive_folder`` writes the answered file.
_MENDED_BY_HAND = 10_000


@dataclass(frozen=True)
class _Prepared:
    item: Item
    data: bytes
    examination: Examination
    sealed: pl.DataFrame


def learnt(office: str) -> dict[str, str]:
    """Header key → field, as this office taught it."""
    return dict(Learnt.objects.filter(office=office).values_list("header_key", "field"))


@transaction.atomic
def learn(office: str, meanings: Mapping[str, str], *, by: str) -> None:
    """Remember what headers mean at an office: header as written → field, ``-`` for one to be left alone."""
    unknown = sorted(set(meanings.values()) - FIELDS)
    if unknown:
        raise refuse(
            "kolom-tak-dikenal",
            f"Bukan nama kolom yang dikenal: {', '.join(unknown)}.",
            "Pilih dari daftar kolom.",
        )
    for header, field in meanings.items():
        Learnt.objects.update_or_create(
            office=office, header_key=key(header), defaults={"field": field, "by": by}
        )
    record("rosters.learn", office, by=by, headers=len(meanings))


def receive(
    path: Path | str,
    *,
    office: str,
    kind: str | None = None,
    desa_code: str | None = None,
    as_of: dt.date | None = None,
    by: str,
    answer_to: Path | None = None,
) -> Roster:
    """Keep, read, check and store one file. The same bytes from the same office are stored once.

    Refused when the file cannot be read or is no list; nothing is stored then. ``answer_to``: where the
    uploader's own file goes, with the reasons beside its rows.
    """
    item = Item(Path(path), office, kind, desa_code, as_of)
    return _receive(item, reading.load(item.path), by=by, answer_to=answer_to)


def receive_bytes(
    data: bytes,
    file_name: str,
    *,
    office: str,
    kind: str | None = None,
    desa_code: str | None = None,
    as_of: dt.date | None = None,
    by: str,
) -> Roster:
    """As ``receive``, for a file that came through the site or was made there."""
    return _receive(Item(Path(file_name), office, kind, desa_code, as_of), data, by=by)


def _receive(item: Item, data: bytes, *, by: str, answer_to: Path | None = None) -> Roster:
    known = Roster.objects.filter(sha256=hashlib.sha256(data).hexdigest(), office=item.office).first()
    if known is not None and answer_to is None:
        return known
    prepared = _prepare(item, data, learnt(item.office), timezone.localdate())
    if answer_to is not None:
        answered.write(prepared.examination, answer_to)
    return known or _store(prepared, by=by)


def let_go(sha256: str) -> None:
    """Drop a kept file that became no list."""
    if not Roster.objects.filter(sha256=sha256).exists():
        keeping.drop(sha256)


def receive_folder(
    inbox: Path | str, *, by: str, progress: Progress | None = None, answers: Path | None = None
) -> list[Roster]:
    """Receive every list under a folder; see ``inbox.items`` for how offices and kinds are told.

    Files are read and checked side by side and stored one transaction each, in order of their names.
    A file that is refused is told to ``progress`` and left; files of other rooms are passed over.
    """
    found = items(Path(inbox))
    rosters = []
    with ThreadPoolExecutor(_ABREAST, thread_name_prefix="rosters") as pool:
        for done, (item, work) in enumerate(_ahead(found, pool), start=1):
            try:
                prepared = work.result()
                if answers is not None and isinstance(prepared, _Prepared) and _worth_answering(prepared):
                    # Before the rows are stored: killed in between, the file is new again and is answered.
                    folder = answers / item.path.parent.name
                    answered.write(prepared.examination, folder / f"{item.path.stem}.xlsx")
                roster = prepared if isinstance(prepared, Roster) else _store(prepared, by=by)
                rosters.append(roster)
                outcome = f"{roster.accepted} diterima, {roster.quarantined} ditahan"
            except Refused as refused:
                outcome = f"tidak dibaca [{refused.reason.code}] {refused.reason.sentence}"
            if progress is not None:
                progress(done, len(found), f"{item.office}/{item.path.name}: {outcome}")
    return rosters


def _worth_answering(prepared: _Prepared) -> bool:
    """Something is held back, and the list is one that a person mends by hand; a register of tens of
    thousands is answered on request (``jaring rosters check``)."""
    rows = prepared.examination.rows.height
    return prepared.examination.accepted < rows <= _MENDED_BY_HAND


def _ahead(found: list[Item], pool: ThreadPoolExecutor) -> Iterator[tuple[Item, Future[_Prepared | Roster]]]:
    """The work on each file in order, a few files ahead of the one being stored."""
    taught: dict[str, dict[str, str]] = {}
    for office, header_key, field in Learnt.objects.values_list("office", "header_key", "field"):
        taught.setdefault(office, {})[header_key] = field
    known = {(roster.sha256, roster.office): roster for roster in Roster.objects.all()}
    seen: set[tuple[str, str]] = set()
    lock = threading.Lock()
    today = timezone.localdate()

    def work(item: Item) -> _Prepared | Roster:
        data = reading.load(item.path)
        own = (hashlib.sha256(data).hexdigest(), item.office)
        if own in known:
            return known[own]
        with lock:
            if own in seen:
                raise refuse(
                    "berkas-berulang", "Berkas yang sama sudah ada di folder ini.", "Hapus salinannya."
                )
            seen.add(own)
        return _prepare(item, data, taught.get(item.office, {}), today)

    waiting: deque[tuple[Item, Future[_Prepared | Roster]]] = deque()
    for item in found:
        waiting.append((item, pool.submit(work, item)))
        if len(waiting) > 2 * _ABREAST:
            yield waiting.popleft()
    yield from waiting


def _prepare(item: Item, data: bytes, taught: Mapping[str, str], today: dt.date) -> _Prepared:
    """All that needs no database."""
    examination = examine(
        reading.read_bytes(data, item.path.name),
        office=item.office,
        kind=item.kind,
        desa_code=item.desa_code,
        learnt=taught,
        today=today,
        region_key=settings.REGION,
    )
    return _Prepared(item, data, examination, seal(examination.rows, examination.sheets.sha256))


def _store(prepared: _Prepared, *, by: str) -> Roster:
    sha256 = prepared.examination.sheets.sha256
    keeping.keep(prepared.data, sha256)
    try:
        return _store_rows(prepared, by=by)
    except IntegrityError:
        # Someone else received the same file meanwhile: theirs stands.
        other = Roster.objects.filter(sha256=sha256, office=prepared.item.office).first()
        if other is None:
            raise
        return other


@transaction.atomic
def _store_rows(prepared: _Prepared, *, by: str) -> Roster:
    own, item = prepared.examination, prepared.item
    roster = Roster.objects.create(
        sha256=own.sheets.sha256,
        file_name=own.sheets.file_name,
        office=item.office,
        kind=own.kind,
        received_at=timezone.now(),
        by=by,
        rows_in=own.rows.height,
        accepted=own.accepted,
        quarantined=own.rows.height - own.accepted,
        as_of=item.as_of,
    )
    copy_in(prepared.sealed.with_columns(pl.lit(roster.id).alias("roster_id")), Row)
    problems = own.problems
    if problems.height:
        # One COPY hands out ids in the order of the rows.
        ids = pl.Series(_ids(roster), dtype=pl.Int64)
        whose = ids.gather(problems["at"]).alias("row_id")
        copy_in(problems.drop("at").with_columns(whose, pl.lit(roster.id).alias("roster_id")), Problem)
    record(
        "rosters.receive",
        own.sheets.sha256,
        by=by,
        roster=roster.id,
        office=item.office,
        kind=own.kind,
        rows_in=roster.rows_in,
        accepted=roster.accepted,
        quarantined=roster.quarantined,
        problems=dict(problems.group_by("code").len().sort("code").iter_rows()),
    )
    return roster


def _ids(roster: Roster) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM rosters_row WHERE roster_id = %s", [roster.id])
        return cursor.fetchone()[0]
