"""Stages 1 to 3: files become rows, rows become people, the insurer's own list becomes observed months."""

from __future__ import annotations

import polars as pl

from jaring.cycle.job import Job, Result
from jaring.enrolment.actions import observe_cover
from jaring.facts.month import Month
from jaring.people.actions import recognise as recognise_people
from jaring.rosters.actions import receive_folder
from jaring.tables.frames import read

#: Answers, bills and payments lie in the same inbox, in hundreds; their own stages open them.
_OTHERS = ("jawaban-", "tagihan-", "sp2d")


def receive(job: Job) -> Result:
    """Every list under the inbox that is not known yet; a file that is refused is counted and named."""
    refused: list[str] = []

    def told(done: int, of: int, what: str) -> None:
        # Budgets lie in the same inbox too; their own stage reads them.
        if "tidak dibaca" in what and "[bukan-daftar]" not in what:
            refused.append(what)
        job.progress(what, done, of)

    answers = job.outbox / "jawaban-daftar" if job.outbox else None
    rosters = receive_folder(job.inbox, by=job.by, progress=told, answers=answers, leave=_OTHERS)
    return Result(
        {
            "berkas": len(rosters),
            "baris_masuk": sum(r.rows_in for r in rosters),
            "diterima": sum(r.accepted for r in rosters),
            "ditahan": sum(r.quarantined for r in rosters),
            "berkas_ditolak": len(refused),
            **({"penolakan": "; ".join(refused[:5])} if refused else {}),
        }
    )


def recognise(job: Job) -> Result:
    """Rows that no person is linked to yet are linked, or wait in the review queue."""
    return Result(recognise_people(by=job.by, progress=lambda doing: job.progress(doing, 0, 0)))


def observe(job: Job) -> Result:
    """The insurer's newest active list as paid months of its own month; later ones stay unknown."""
    lists = read(
        """SELECT max(as_of) AS as_of FROM rosters_roster
            WHERE kind = 'peserta_aktif' AND state = 'received' AND as_of <= %s""",
        [job.month.last],
    )
    as_of = lists["as_of"].item() if lists.height else None
    if as_of is None:
        return Result({"orang": 0})
    rows = read(
        """SELECT DISTINCT ON (l.person_id) l.person_id, r.segment, r.cover_source AS source,
                  r.cover_segment AS kind, r.programmes, o.sha256 AS document
             FROM rosters_row r
             JOIN rosters_roster o ON o.id = r.roster_id
             JOIN people_link l ON l.row_id = r.id
            WHERE o.kind = 'peserta_aktif' AND o.state = 'received' AND o.as_of = %s AND r.accepted
              AND coalesce(r.status, '') <> 'nonaktif'
            ORDER BY l.person_id, r.id""",
        [as_of],
    )
    month = Month.of(as_of)
    counts = observe_cover(rows.with_columns(month=pl.lit(month.first)), by=job.by)
    return Result({"bulan_daftar": str(month), **counts})
