"""What changes the lists: receiving a file, receiving a folder of them, learning what a header means."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jaring.facts.reason import Refused, refuse
from jaring.journal.actions import record, record_each
from jaring.rosters import answered, keeping, reading
from jaring.rosters.examination import Examination, examine
from jaring.rosters.inbox import Item, items
from jaring.rosters.models import Mapping as Learnt
from jaring.rosters.models import Problem, Roster, Row
from jaring.rosters.portions import Maker, Outcome, Prepared, ahead
from jaring.rosters.sealing import seal
from jaring.rosters.synonyms import FIELDS, key
from jaring.tables.frames import analyse, copy_in, copy_in_parts, read, slices, unsaid

#: (files done, files in all, a sentence about the last one)
Progress = Callable[[int, int, str], None]
#: What ``receive_folder`` stores in one transaction.
_ROWS_TOGETHER = 20_000
_FILES_TOGETHER = 48
#: Rows of a list that comes alone, sealed at a time.
_PART = 3_000


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


def receive_examined(examination: Examination, data: bytes, *, by: str) -> Roster:
    """Store what was put together here and checked; ``data``: what of it is kept as its file."""
    item = Item(Path(examination.sheets.file_name), examination.office, examination.kind)
    return _store([Prepared(item, data, examination)], by=by)[0]


def _receive(item: Item, data: bytes, *, by: str, answer_to: Path | None = None) -> Roster:
    known = Roster.objects.filter(sha256=hashlib.sha256(data).hexdigest(), office=item.office).first()
    if known is not None and answer_to is None:
        return known
    prepared = _prepare(item, data, learnt(item.office), timezone.localdate())
    if answer_to is not None:
        answered.write(prepared.examination, answer_to)
    return known or _store([prepared], by=by)[0]


@transaction.atomic
def reread(roster_id: int, *, by: str) -> Roster:
    """Read a list's kept file again with what its office has taught since; its rows are replaced.

    Whose rows they were is found anew by the room above, as it is for any row that nobody is linked to.
    """
    roster = Roster.objects.select_for_update().get(pk=roster_id)
    # A desa that was told for the whole list stands in all of its rows.
    desa = list(roster.rows.values_list("desa_code", flat=True).distinct()[:2])
    item = Item(
        Path(roster.file_name), roster.office, roster.kind, desa[0] if len(desa) == 1 else None, roster.as_of
    )
    prepared = _prepare(item, keeping.kept(roster.sha256), learnt(roster.office), timezone.localdate())
    roster.rows.all().delete()
    own = prepared.examination
    roster.rows_in, roster.accepted = own.rows.height, own.accepted
    roster.quarantined = roster.rows_in - roster.accepted
    roster.save(update_fields=["rows_in", "accepted", "quarantined"])
    _store_problems([(roster, prepared)], _copy_rows([(roster, prepared)]))
    record("rosters.reread", roster.sha256, by=by, **_told(roster, prepared))
    return roster


@transaction.atomic
def downloaded(roster: Roster, *, by: str) -> None:
    """A list went back to its sender with NIKs in it: the journal knows."""
    record("rosters.answered", roster.sha256, by=by, roster=roster.pk, rows=roster.rows_in)


def let_go(sha256: str) -> None:
    """Drop a kept file that became no list."""
    if not Roster.objects.filter(sha256=sha256).exists():
        keeping.drop(sha256)


def receive_folder(
    inbox: Path | str,
    *,
    by: str,
    progress: Progress | None = None,
    answers: Path | None = None,
    leave: tuple[str, ...] = (),
) -> list[Roster]:
    """Receive every list under a folder; see ``inbox.items`` for how offices and kinds are told.

    ``leave``: beginnings of the names of files that others read; they are not opened.

    Files are read, checked and answered side by side and stored in order of their names, some in one
    transaction: each list is there whole or not at all. A file that is refused is told to ``progress``
    and left; files of other rooms are passed over.
    """
    found = [item for item in items(Path(inbox)) if not item.path.name.lower().startswith(leave)]
    rosters: list[Roster] = []
    waiting: list[tuple[Item, Outcome]] = []
    done = 0
    fresh = False

    def settle() -> None:
        nonlocal done, fresh
        fresh = fresh or any(isinstance(one, Prepared) for _, one in waiting)
        for item, outcome in _stored(waiting, by=by):
            done += 1
            if isinstance(outcome, Roster):
                rosters.append(outcome)
                said = f"{outcome.accepted} diterima, {outcome.quarantined} ditahan"
            else:
                said = f"tidak dibaca [{outcome.reason.code}] {outcome.reason.sentence}"
            if progress is not None:
                progress(done, len(found), f"{item.office}/{item.path.name}: {said}")
        waiting.clear()

    for portion in ahead(found, _maker(answers)):
        waiting += portion
        if _enough(waiting):
            settle()
    settle()
    if fresh:
        analyse(Row._meta.db_table, Problem._meta.db_table)
    return rosters


def _enough(waiting: list[tuple[Item, Outcome]]) -> bool:
    """Whether what waits is stored now: few transactions cost little, small ones show progress."""
    rows = sum(one.examination.rows.height for _, one in waiting if isinstance(one, Prepared))
    return rows >= _ROWS_TOGETHER or len(waiting) >= _FILES_TOGETHER


def _stored(waiting: list[tuple[Item, Outcome]], *, by: str) -> Iterator[tuple[Item, Roster | Refused]]:
    fresh = [outcome for _, outcome in waiting if isinstance(outcome, Prepared)]
    made = iter(_store(fresh, by=by))
    for item, outcome in waiting:
        yield item, next(made) if isinstance(outcome, Prepared) else outcome


def _maker(answers: Path | None = None) -> Maker:
    taught: dict[str, dict[str, str]] = {}
    for office, header_key, field in Learnt.objects.values_list("office", "header_key", "field"):
        taught.setdefault(office, {})[header_key] = field
    known = {(roster.sha256, roster.office): roster for roster in Roster.objects.all()}
    return Maker(taught, known, answers, timezone.localdate(), settings.REGION)


def _prepare(item: Item, data: bytes, taught: Mapping[str, str], today: dt.date) -> Prepared:
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
    return Prepared(item, data, examination)


def _store(prepared: Sequence[Prepared], *, by: str) -> list[Roster]:
    for one in prepared:
        keeping.keep(one.data, one.examination.sheets.sha256)
    if not prepared:
        return []
    try:
        return _store_rows(prepared, by=by)
    except IntegrityError:
        # Someone else received one of the files meanwhile: theirs stands.
        if len(prepared) > 1:
            return [roster for one in prepared for roster in _store([one], by=by)]
        sha256, office = prepared[0].examination.sheets.sha256, prepared[0].item.office
        other = Roster.objects.filter(sha256=sha256, office=office).first()
        if other is None:
            raise
        return [other]


@transaction.atomic
def _store_rows(prepared: Sequence[Prepared], *, by: str) -> list[Roster]:
    now = timezone.now()
    rosters = Roster.objects.bulk_create([_roster(one, by=by, now=now) for one in prepared])
    both = list(zip(rosters, prepared, strict=True))
    _store_problems(both, _copy_rows(both))
    record_each("rosters.receive", [(roster.sha256, _told(roster, one)) for roster, one in both], by=by)
    return rosters


def _copy_rows(both: list[tuple[Roster, Prepared]]) -> pl.Series:
    """The rows of these lists into their table; their ids.

    Of a list that comes alone the planner is told by whoever reads many rows next, of a folder at its end.
    """
    before = _number("nextval")
    ready = [one.sealed.with_columns(roster_id=pl.lit(r.id)) for r, one in both if one.sealed is not None]
    if ready:
        height = copy_in(pl.concat(ready), Row, analysed=False)
        return _ids([roster.id for roster, _ in both], before, height)
    # Sealed part by part, while PostgreSQL takes in the part before.
    [(roster, one)] = both
    rows, sha256, table = one.examination.rows, one.examination.sheets.sha256, Row._meta.db_table
    left = unsaid(rows, table)
    parts = (
        seal(part, sha256).drop(left, strict=False).with_columns(roster_id=pl.lit(roster.id))
        for part in slices(rows, _PART)
    )
    return _ids([roster.id], before, copy_in_parts(parts, table, rows.height, analysed=False))


def _roster(prepared: Prepared, *, by: str, now: dt.datetime) -> Roster:
    own, item = prepared.examination, prepared.item
    return Roster(
        sha256=own.sheets.sha256,
        file_name=own.sheets.file_name,
        office=item.office,
        kind=own.kind,
        received_at=now,
        by=by,
        rows_in=own.rows.height,
        accepted=own.accepted,
        quarantined=own.rows.height - own.accepted,
        as_of=item.as_of,
    )


def _store_problems(both: list[tuple[Roster, Prepared]], ids: pl.Series) -> None:
    """``ids``: of the rows just stored, in their order."""
    parts, start = [], 0
    for roster, one in both:
        at = pl.col("at").cast(pl.Int64) + start
        parts.append(one.examination.problems.with_columns(at=at, roster_id=pl.lit(roster.id)))
        start += one.examination.rows.height
    problems = pl.concat(parts)
    if not problems.is_empty():
        stored = ids.gather(problems["at"]).alias("row_id")
        copy_in(problems.drop("at").with_columns(stored), Problem, analysed=False)


def _ids(rosters: list[int], before: int, height: int) -> pl.Series:
    """The ids of the ``height`` rows just stored for ``rosters``, the next id after ``before`` or later."""
    # One COPY hands out ids in the order of the rows; another at the same time may take some between.
    if _number("currval") == before + height:
        return pl.int_range(before + 1, before + height + 1, eager=True)
    ids = read("SELECT id FROM rosters_row WHERE roster_id = ANY(%s) ORDER BY id", [rosters])["id"]
    if len(ids) != height:
        raise AssertionError("not every row was stored")
    return ids


def _number(call: str) -> int:
    """Of the row that is next (``nextval``, and it is taken), or that this connection was given last."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}(pg_get_serial_sequence('rosters_row', 'id'))")
        return int(cursor.fetchone()[0])


def _told(roster: Roster, prepared: Prepared) -> dict[str, Any]:
    codes = Counter(prepared.examination.problems["code"].to_list())
    return {
        "roster": roster.id,
        "office": roster.office,
        "kind": roster.kind,
        "rows_in": roster.rows_in,
        "accepted": roster.accepted,
        "quarantined": roster.quarantined,
        "problems": dict(sorted(codes.items())),
    }
