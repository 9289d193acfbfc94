"""The insurer's answers: lines matched by reference alone, totals checked before anything moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from django.db import connection, transaction

from jaring.enrolment import papers
from jaring.enrolment.actions_told import Told, tell
from jaring.enrolment.actions_vacate import give_up
from jaring.enrolment.holding import held
from jaring.enrolment.models import Answer
from jaring.enrolment.refusals import LATER_START, MENDABLE, reason
from jaring.facts.reason import Refused
from jaring.funding import actions_after as funds
from jaring.journal.actions import record
from jaring.rosters.reading import Sheets
from jaring.tables.frames import analyse, read

_STATES = {"DITERIMA": "succ", "DITOLAK": "rjct", "DITUNDA": "pdng"}
_COUNTS = ("files", "known", "held", "accepted", "rejected", "pending", "enrolled", "refused_months", "told")


#: Bytes of files that are opened before their lines move.
_TOGETHER = 64 * 1024 * 1024
#: Lines from which on their answer changes what the planner should know.
_MANY = 5_000


@transaction.atomic
def read_answers(
    folder: papers.Sources, *, by: str, strict: bool = False, progress: Callable[[str], None] | None = None
) -> dict[str, int]:
    """Take over every ``jawaban-*`` under the folder, or the one file that it is, or files received.

    Counts of files, lines and months. A file known by its content changes nothing. One that cannot be
    read, or whose totals contradict its own lines (``held``), is told and does not stop the others;
    ``strict``: one that cannot be read is refused, and with it all of them.
    Lines of many files move together: an office's first month comes in hundreds of small files.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.answer'))")
    counts = dict.fromkeys(_COUNTS, 0)
    for paths in _handfuls(papers.files(folder, "jawaban-")):
        _read_some(paths, counts, by=by, strict=strict, progress=progress)
    if counts["files"]:
        record("enrolment.read_answers", f"{counts['files']} jawaban", by=by, **counts)
    return counts


def _handfuls(paths: Sequence[papers.Source]) -> Iterator[list[papers.Source]]:
    handful: list[papers.Source] = []
    size = 0
    for path in paths:
        size += papers.size(path)
        if handful and size > _TOGETHER:
            yield handful
            handful, size = [], papers.size(path)
        handful.append(path)
    if handful:
        yield handful


def _read_some(
    paths: Sequence[papers.Source],
    counts: dict[str, int],
    *,
    by: str,
    strict: bool,
    progress: Callable[[str], None] | None,
) -> None:
    opened: list[_Opened] = []
    told: list[Told] = []
    for path, book in papers.opened_each(paths, _known):
        if book is None:
            counts["known"] += 1
            continue
        try:
            if isinstance(book, Refused):
                raise book
            opened.append(_tables(path, book))
        except Refused as refused:
            if strict:
                raise
            told.append((f"berkas:{path.name}", refused.reason.code, path.name, refused.reason.sentence))
            counts["held"] += 1
    tell(told)
    if not opened:
        return
    rows = _kept(opened, counts, by=by)
    if progress is not None:
        progress(f"{rows.height} baris terbaca; mencocokkan dengan yang dikirim")
    wave: list[pl.DataFrame] = []
    seen: set[str] = set()
    for part in rows.partition_by("answer_id", maintain_order=True):
        references = set(part["reference"].drop_nulls())
        if references & seen:
            # A later file speaks of the same lines: it must meet them as the earlier one left them.
            _take(wave, counts, by=by)
            seen = set()
        wave.append(part)
        seen |= references
    _take(wave, counts, by=by)


def _known(digests: Sequence[str]) -> set[str]:
    """Those that were taken over before: their files are not parsed again."""
    return set(Answer.objects.filter(sha256__in=digests).values_list("sha256", flat=True))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file of answers: its lines and its control totals, still as text."""

    name: str
    sha256: str
    rows: pl.DataFrame
    totals: pl.DataFrame


def _tables(path: papers.Source, book: Sheets) -> _Opened:
    rows = papers.table(book, "jawaban", papers.ANSWER)
    return _Opened(path.name, book.sha256, rows, papers.table(book, "kendali", papers.ANSWER_TOTALS))


def _kept(opened: Sequence[_Opened], counts: dict[str, int], *, by: str) -> pl.DataFrame:
    """An entry for each file; the lines of those whose totals agree with them, with the file's entry."""
    place = pl.lit(0, pl.Int64).alias("place")
    rows = pl.concat([one.rows.with_columns(place + n) for n, one in enumerate(opened)]).with_columns(
        reference=pl.col("REFERENSI").str.to_lowercase(),
        state=pl.col("STATUS").str.to_uppercase().replace_strict(_STATES, default=None),
        code=pl.col("KODE").str.to_uppercase().str.slice(0, 20).fill_null(""),
        started=papers.month("BULAN MULAI"),
    )
    totals = pl.concat([one.totals.with_columns(place + n) for n, one in enumerate(opened)])
    declared, counted = _declared(totals), _counted(rows)
    answers, told = [], []
    nothing = (0, 0, 0, 0)
    for n, one in enumerate(opened):
        said, found = declared.get(n, (None,) * 4), counted.get(n, nothing)
        answers.append(
            Answer(
                sha256=one.sha256,
                file_name=one.name[:200],
                batch_number=((one.totals["NOMOR BATCH"][0] if one.totals.height else "") or "")[:120],
                state="held" if said != found else "applied",
                rows=found[0],
                accepted=found[1],
                rejected=found[2],
                pending=found[3],
                by=by,
            )
        )
        if said != found:
            sentence = (
                f"Angka kendali {one.name} (baris, diterima, ditolak, ditunda) {_plain(said)} "
                f"tidak sama dengan isinya {_plain(found)}; tidak ada yang diambil."
            )
            told.append((f"jawaban:{one.sha256}", "kendali-jawaban", one.name, sentence))
    made = Answer.objects.bulk_create(answers)
    counts["files"] += len(made)
    counts["held"] += len(told)
    counts["told"] += tell(told)
    entries = pl.DataFrame(
        [(n, a.pk, a.sha256, a.file_name) for n, a in enumerate(made) if a.state == "applied"],
        schema={"place": pl.Int64, "answer_id": pl.Int64, "sha256": pl.String, "file": pl.String},
        orient="row",
    )
    return rows.join(entries, on="place", maintain_order="left")


def _counted(rows: pl.DataFrame) -> dict[int, tuple[int, ...]]:
    """Lines, and lines of each state, by file."""
    states = [(pl.col("state") == state).sum().alias(state) for state in ("succ", "rjct", "pdng")]
    found = rows.group_by("place").agg(pl.len().cast(pl.Int64).alias("lines"), *states)
    return {n: tuple(numbers) for n, *numbers in found.iter_rows()}


def _declared(totals: pl.DataFrame) -> dict[int, tuple[int | None, ...]]:
    """What each file says of itself. A file may carry the totals of several parts of a batch."""
    names = papers.ANSWER_TOTALS[1:]
    whole = totals.select("place", *(papers.whole(name).alias(name) for name in names))
    sums = whole.group_by("place").agg(
        pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name) for name in names
    )
    return {n: tuple(numbers) for n, *numbers in sums.iter_rows()}


def _plain(numbers: tuple[int | None, ...]) -> str:
    return "/".join("?" if n is None else str(n) for n in numbers)


def _take(wave: list[pl.DataFrame], counts: dict[str, int], *, by: str) -> None:
    """The lines of files that do not speak of one another's lines."""
    if not wave:
        return
    fresh, told = _matched(pl.concat(wave))
    wave.clear()
    counts["told"] += told
    for state, name in (("succ", "accepted"), ("rjct", "rejected"), ("pdng", "pending")):
        counts[name] += int((fresh["state"] == state).sum())
    _move(fresh, counts, by=by)


def _matched(rows: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The lines that say something new of a line we sent; how many others were told."""
    known = read(
        """SELECT l.reference, l.person_id, l.wadah, l.action, l.month, l.state AS was, l.code AS was_code,
                  b.state AS batch_state
             FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
            WHERE l.reference::text = ANY(string_to_array(%s, chr(10)))""",
        # One text: the driver takes half a second to quote sixty thousand.
        ["\n".join(rows["reference"].drop_nulls().to_list())],
    )
    both = rows.join(known, on="reference", how="left", maintain_order="left").with_columns(
        asked=pl.struct("reference").is_duplicated(),
        same=pl.struct("reference", "state", "code", "started").is_duplicated(),
    )
    fault = (
        pl.when(pl.col("person_id").is_null() | (pl.col("batch_state") != "approved"))
        .then(pl.lit("referensi-tak-dikenal"))
        .when(pl.col("state").is_null())
        .then(pl.lit("status-tak-dikenal"))
        .when(pl.col("asked") & ~pl.col("same"))
        .then(pl.lit("jawaban-berlawanan"))
        .when(pl.col("asked") & ~pl.col("reference").is_first_distinct())
        .then(pl.lit("jawaban-ganda"))
        .when((pl.col("state") == "rjct") & (pl.col("code") == ""))
        .then(pl.lit("ditolak-tanpa-kode"))
        .when((pl.col("state") == "succ") & (pl.col("action") != "HENTI") & pl.col("started").is_null())
        .then(pl.lit("tanpa-bulan-mulai"))
        .when(
            pl.col("was").is_in(["succ", "rjct"])
            & ((pl.col("was") != pl.col("state")) | (pl.col("was_code") != pl.col("code")))
        )
        .then(pl.lit("jawaban-berubah"))
    )
    both = both.with_columns(fault=fault)
    told = tell(
        [
            (
                f"jawaban:{row['sha256']}:{row['row']}",
                row["fault"],
                row["file"],
                f"{row['file']} baris {row['row']}: {_FAULTS[row['fault']]}",
            )
            for row in both.filter(pl.col("fault").is_not_null()).iter_rows(named=True)
        ]
    )
    fresh = both.filter(pl.col("fault").is_null() & ~pl.col("was").is_in(["succ", "rjct"]))
    return fresh.select(*_HELD), told


_FAULTS = {
    "referensi-tak-dikenal": "REFERENSI ini tidak pernah dikirim; tidak diambil.",
    "status-tak-dikenal": "STATUS bukan DITERIMA, DITOLAK, atau DITUNDA; tidak diambil.",
    "jawaban-berlawanan": "REFERENSI yang sama dijawab dengan dua cara; keduanya tidak diambil.",
    "jawaban-ganda": "REFERENSI yang sama dijawab dua kali dengan isi sama; dihitung sekali.",
    "ditolak-tanpa-kode": "DITOLAK tanpa KODE; tidak diambil.",
    "tanpa-bulan-mulai": "DITERIMA tanpa BULAN MULAI; tidak diambil.",
    "jawaban-berubah": "Jawaban ini berlawanan dengan jawaban yang sudah diambil; yang lama tetap berlaku.",
}


_HELD = (
    *("reference", "person_id", "wadah", "action", "month", "state", "code", "started"),
    *("answer_id", "file"),
)


def _move(fresh: pl.DataFrame, counts: dict[str, int], *, by: str) -> None:
    """Lines take what was said; months follow: enrolled from the start month, refused before or by code."""
    if fresh.is_empty():
        return
    with held("answered", fresh.drop("file")), connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_batchline l SET state = a.state, code = a.code, answer_id = a.answer_id,
                      started = CASE WHEN a.state = 'succ' THEN coalesce(a.started, l.month) END
                 FROM answered a WHERE l.reference = a.reference::uuid"""
        )
        cursor.execute("SELECT max(month) FROM enrolment_batch WHERE state = 'approved'")
        opened = cursor.fetchone()[0]
        # A late answer enrols every month whose batches were made meanwhile.
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'enrolled', since = a.started, batch_id = l.batch_id
                 FROM answered a JOIN enrolment_batchline l ON l.reference = a.reference::uuid
                WHERE a.state = 'succ' AND a.action <> 'HENTI' AND m.person_id = a.person_id
                  AND m.wadah = a.wadah AND m.state = 'decreed' AND m.month >= a.started AND m.month <= %s
                  AND NOT EXISTS (SELECT 1 FROM enrolment_open_pauses() z
                                   WHERE z.person_id = m.person_id AND z.from_month <= m.month)""",
            [opened],
        )
        counts["enrolled"] += cursor.rowcount
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'rejected',
                      reason = CASE WHEN a.state = 'succ' THEN %s ELSE a.code END
                 FROM answered a
                WHERE a.action <> 'HENTI' AND m.person_id = a.person_id AND m.wadah = a.wadah
                  AND m.state = 'decreed'
                  AND (a.state = 'rjct' AND m.month >= a.month
                       OR a.state = 'succ' AND m.month >= a.month AND m.month < a.started)""",
            [LATER_START],
        )
        counts["refused_months"] += cursor.rowcount
    if fresh.height >= _MANY:
        # Most of a month changed its state: a plan from the old counts takes bills line by line.
        analyse("enrolment_personmonth")
    _begun_later(fresh, by=by)
    final = fresh.filter(
        (pl.col("state") == "rjct") & (pl.col("action") != "HENTI") & ~pl.col("code").is_in(list(MENDABLE))
    )
    for (code,), part in final.partition_by("code", as_dict=True, maintain_order=True).items():
        files = part["file"].unique(maintain_order=True)
        give_up(
            part.select("person_id", from_month="month").unique("person_id"),
            reason=str(code),
            proof=f"{files[0] if len(files) == 1 else f'{len(files)} jawaban'}: {reason(str(code)).sentence}",
            by=by,
        )


def _begun_later(fresh: pl.DataFrame, *, by: str) -> None:
    """The money of months that the insurer left out by a later start is free again; the person stays."""
    late = fresh.filter(
        (pl.col("state") == "succ") & (pl.col("action") != "HENTI") & (pl.col("started") > pl.col("month"))
    )
    if late.is_empty():
        return
    files = late["file"].unique(maintain_order=True)
    funds.begin_later(
        late.select("person_id", since="month", started="started").unique("person_id"),
        reason=LATER_START,
        document=files[0] if len(files) == 1 else f"{len(files)} jawaban",
        by=by,
    )
