"""The insurer's answers: lines matched by reference alone, totals checked before anything moves."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
from django.db import connection, transaction

from jaring.enrolment import papers
from jaring.enrolment.actions_told import tell
from jaring.enrolment.actions_vacate import give_up
from jaring.enrolment.holding import held
from jaring.enrolment.models import Answer
from jaring.enrolment.refusals import LATER_START, MENDABLE, reason
from jaring.facts.reason import Refused
from jaring.journal.actions import record
from jaring.rosters.reading import load, read_bytes
from jaring.tables.frames import read

_STATES = {"DITERIMA": "succ", "DITOLAK": "rjct", "DITUNDA": "pdng"}
_COUNTS = ("files", "known", "held", "accepted", "rejected", "pending", "enrolled", "refused_months", "told")


@transaction.atomic
def read_answers(folder: Path, *, by: str) -> dict[str, int]:
    """Take over every ``jawaban-*`` under the folder, or the one file that it is.

    Counts of files, lines and months. A file known by its content changes nothing. One that cannot be
    read, or whose totals contradict its own lines (``held``), is told and does not stop the others.
    Lines of many files move together: an office's first month comes in hundreds of small files.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.answer'))")
    counts = dict.fromkeys(_COUNTS, 0)
    gathered: list[pl.DataFrame] = []
    seen: set[str] = set()
    for path in papers.files(folder, "jawaban-"):
        try:
            rows, answer = _opened(path, by=by)
        except Refused as refused:
            tell([(f"berkas:{path.name}", refused.reason.code, path.name, refused.reason.sentence)])
            counts["held"] += 1
            continue
        if answer is None:
            counts["known"] += 1
            continue
        counts["files"] += 1
        if answer.state == "held":
            counts["held"] += 1
            counts["told"] += 1
            continue
        references = set(rows["reference"].drop_nulls())
        if references & seen:
            # A later file speaks of the same lines: it must meet them as the earlier one left them.
            _flush(gathered, counts, by=by)
            seen = set()
        fresh, told = _matched(rows, answer)
        counts["told"] += told
        for state, name in (("succ", "accepted"), ("rjct", "rejected"), ("pdng", "pending")):
            counts[name] += int((fresh["state"] == state).sum())
        gathered.append(fresh)
        seen |= references
    _flush(gathered, counts, by=by)
    if counts["files"]:
        record("enrolment.read_answers", f"{counts['files']} jawaban", by=by, **counts)
    return counts


def _opened(path: Path, *, by: str) -> tuple[pl.DataFrame, Answer | None]:
    """The lines of a file and its entry; None when its content is known already."""
    data = load(path)
    # Known by its content: not parsed again.
    if Answer.objects.filter(sha256=hashlib.sha256(data).hexdigest()).exists():
        return pl.DataFrame(), None
    book = read_bytes(data, path.name)
    rows = papers.table(book, "jawaban", papers.ANSWER)
    totals = papers.table(book, "kendali", papers.ANSWER_TOTALS)
    rows = rows.with_columns(
        reference=pl.col("REFERENSI").str.to_lowercase(),
        state=pl.col("STATUS").str.to_uppercase().replace_strict(_STATES, default=None),
        code=pl.col("KODE").str.to_uppercase().str.slice(0, 20).fill_null(""),
        started=papers.month("BULAN MULAI"),
    )
    number = totals["NOMOR BATCH"][0] if totals.height else ""
    declared = _declared(totals)
    counted = (rows.height, *(int((rows["state"] == state).sum()) for state in ("succ", "rjct", "pdng")))
    answer = Answer.objects.create(
        sha256=book.sha256,
        file_name=path.name[:200],
        batch_number=(number or "")[:120],
        state="held" if declared != counted else "applied",
        rows=counted[0],
        accepted=counted[1],
        rejected=counted[2],
        pending=counted[3],
        by=by,
    )
    if answer.state == "held":
        sentence = (
            f"Angka kendali {path.name} (baris, diterima, ditolak, ditunda) {_plain(declared)} "
            f"tidak sama dengan isinya {_plain(counted)}; tidak ada yang diambil."
        )
        tell([(f"jawaban:{book.sha256}", "kendali-jawaban", path.name, sentence)])
    return rows, answer


def _declared(totals: pl.DataFrame) -> tuple[int | None, ...]:
    names = papers.ANSWER_TOTALS[1:]
    whole = totals.select(papers.whole(name).alias(name) for name in names)
    # A file may carry the totals of several parts of a batch.
    return tuple(None if whole[n].null_count() or not whole.height else int(whole[n].sum()) for n in names)


def _plain(numbers: tuple[int | None, ...]) -> str:
    return "/".join("?" if n is None else str(n) for n in numbers)


def _matched(rows: pl.DataFrame, answer: Answer) -> tuple[pl.DataFrame, int]:
    """The lines that say something new of a line we sent; how many others were told."""
    known = read(
        """SELECT l.reference, l.person_id, l.wadah, l.action, l.month, l.state AS was, l.code AS was_code,
                  b.state AS batch_state
             FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
            WHERE l.reference::text = ANY(%s)""",
        [rows["reference"].drop_nulls().to_list()],
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
                f"jawaban:{answer.sha256}:{row['row']}",
                row["fault"],
                answer.file_name,
                f"{answer.file_name} baris {row['row']}: {_FAULTS[row['fault']]}",
            )
            for row in both.filter(pl.col("fault").is_not_null()).iter_rows(named=True)
        ]
    )
    fresh = both.filter(pl.col("fault").is_null() & ~pl.col("was").is_in(["succ", "rjct"]))
    return fresh.select(*_HELD).with_columns(
        answer_id=pl.lit(answer.pk, pl.Int64), file=pl.lit(answer.file_name)
    ), told


_FAULTS = {
    "referensi-tak-dikenal": "REFERENSI ini tidak pernah dikirim; tidak diambil.",
    "status-tak-dikenal": "STATUS bukan DITERIMA, DITOLAK, atau DITUNDA; tidak diambil.",
    "jawaban-berlawanan": "REFERENSI yang sama dijawab dengan dua cara; keduanya tidak diambil.",
    "jawaban-ganda": "REFERENSI yang sama dijawab dua kali dengan isi sama; dihitung sekali.",
    "ditolak-tanpa-kode": "DITOLAK tanpa KODE; tidak diambil.",
    "tanpa-bulan-mulai": "DITERIMA tanpa BULAN MULAI; tidak diambil.",
    "jawaban-berubah": "Jawaban ini berlawanan dengan jawaban yang sudah diambil; yang lama tetap berlaku.",
}


_HELD = ("reference", "person_id", "wadah", "action", "month", "state", "code", "started")


def _flush(gathered: list[pl.DataFrame], counts: dict[str, int], *, by: str) -> None:
    """Lines take what was said; months follow: enrolled from the start month, refused before or by code."""
    if not gathered:
        return
    fresh = pl.concat(gathered)
    gathered.clear()
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
