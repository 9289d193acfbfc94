"""Monthly mutations: who left, on what proof, from when; months, money and the next bill follow."""

from __future__ import annotations

import polars as pl
from django.db import connection, transaction

from jaring.enrolment import papers
from jaring.enrolment.actions_told import tell
from jaring.enrolment.actions_vacate import give_up
from jaring.enrolment.holding import held
from jaring.enrolment.models import Bill, Mutation
from jaring.enrolment.recognising import alike, recognised
from jaring.facts import nik as forms
from jaring.facts.reason import Refused
from jaring.journal.actions import record
from jaring.tables.frames import copy_in, read

#: The words of a mutation file, and what they are here.
KINDS = {
    "MENINGGAL": "meninggal",
    "PINDAH": "pindah",
    "PMI": "pmi",
    "MANDIRI": "mandiri",
    "BEKERJA": "bekerja",
    "BERHENTI": "berhenti",
}
#: States that a mutation ends.
OPEN = ("funded", "decreed", "enrolled", "billed", "unpaid", "lapsed")


def read_mutations(folder: papers.Sources, *, by: str, strict: bool = False) -> dict[str, int]:
    """Take over every ``mutasi*`` file under the folder, or files received; rows that cannot be are told,
    by file and row. ``strict``: a file that cannot be read is refused, not told."""
    counts = dict.fromkeys(("files", "mutations", "known", "months", "places", "told"), 0)
    for path in papers.files(folder, "mutasi"):
        try:
            book = papers.opened(path)
            rows = papers.table(book, "mutasi", papers.MUTATION)
        except Refused as refused:
            if strict:
                raise
            counts["told"] += tell(
                [(f"berkas:{path.name}", refused.reason.code, path.name, refused.reason.sentence)]
            )
            continue
        counts["files"] += 1
        found, faults = _recognised(rows)
        counts["told"] += tell(
            (f"mutasi:{book.sha256}:{row}", fault, path.name, f"{path.name} baris {row}: {_FAULTS[fault]}")
            for row, fault in faults
        )
        for name, number in mutate(found, by=by).items():
            counts[name] += number
    return counts


@transaction.atomic
def mutate(frame: pl.DataFrame, *, by: str) -> dict[str, int]:
    """``person_id, kind, event_date, proof``: months after each event stop; its money is given back.

    The month of a death, and of any change within a month, stays covered. Months that were paid already
    are not touched: they stand in ``actions_recover.recoverable``. The same mutation again changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.mutate'))")
    known = read("SELECT person_id, kind, event_date FROM enrolment_mutation")
    keys = ["person_id", "kind", "event_date"]
    whole = frame.unique(keys, keep="first", maintain_order=True)
    new = whole.join(known, on=keys, how="anti").with_columns(from_month=_from_month())
    counts = {"mutations": new.height, "known": frame.height - new.height, "months": 0, "places": 0}
    if new.is_empty():
        return counts
    copy_in(
        new.select(*keys, "from_month", pl.col("proof").str.slice(0, 200)).with_columns(
            by=pl.lit(by), at=pl.lit("now")
        ),
        Mutation,
    )
    ids = read(
        "SELECT id AS mutation_id, person_id, kind, event_date, from_month, proof FROM enrolment_mutation"
    ).join(new.select(keys), on=keys, how="semi")
    # Of several events of one person the earliest ends the months.
    first = ids.sort("from_month", "mutation_id").unique("person_id", keep="first", maintain_order=True)
    counts["months"] = _stop(first)
    for (kind,), part in first.partition_by("kind", as_dict=True).items():
        proof = part["proof"][0] if part.height == 1 else f"{part.height} mutasi {kind}"
        counts["places"] += give_up(
            part.select("person_id", "from_month"),
            reason=str(kind),
            proof=proof,
            by=by,
            mutations=part.select("person_id", "mutation_id"),
        )
    record("enrolment.mutate", f"{new.height} mutasi", by=by, **counts)
    return counts


def _from_month() -> pl.Expr:
    """The first month that stops: the one after the event; a change on a first day stops that month."""
    day = pl.col("event_date")
    whole_month = (day.dt.day() == 1) & (pl.col("kind") != "meninggal")
    return pl.when(whole_month).then(day).otherwise(day.dt.month_start().dt.offset_by("1mo"))


def _stop(first: pl.DataFrame) -> int:
    gone = first.select("person_id", "mutation_id", "kind", "from_month")
    with held("left_now", gone), connection.cursor() as cursor:
        cursor.execute(
            """WITH stopped AS (
                 UPDATE enrolment_personmonth m
                    SET state = 'stopped', mutation_id = k.mutation_id, reason = k.kind
                   FROM left_now k
                  WHERE m.person_id = k.person_id AND m.month >= k.from_month AND m.state = ANY(%s)
                    AND m.source_kind = 'programme' RETURNING m.bill_id)
               SELECT count(*), array_remove(array_agg(DISTINCT bill_id), NULL) FROM stopped""",
            [list(OPEN)],
        )
        count, bills = cursor.fetchone()
    # A bill that named them no longer matches; it waits for the insurer's new one.
    Bill.objects.filter(pk__in=bills or [], state="matched").update(state="changed")
    return int(count)


_FAULTS = {
    "nik-tidak-sah": "NIK tidak sah; tidak diambil.",
    "orang-tak-dikenal": "NIK ini tidak ada di register; tidak diambil.",
    "nama-tidak-cocok": "nama tidak cocok dengan pemilik NIK di register; tidak diambil.",
    "jenis-tak-dikenal": f"JENIS harus salah satu dari {', '.join(KINDS)}; tidak diambil.",
    "tanggal-tak-terbaca": "TANGGAL tidak terbaca (tulis hh-bb-tttt); tidak diambil.",
    "tanpa-bukti": "tanpa BUKTI; tidak diambil.",
}


def _recognised(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[int, str]]]:
    """The rows that name a person of the register, and the others with what is wrong with them."""
    both = recognised(rows).with_columns(
        kind=pl.col("JENIS").str.to_uppercase().replace_strict(KINDS, default=None),
        event_date=papers.day("TANGGAL"),
        proof=pl.col("BUKTI"),
    )
    fault = (
        pl.when(~forms.is_wellformed(pl.col("nik")).fill_null(False))
        .then(pl.lit("nik-tidak-sah"))
        .when(pl.col("person_id").is_null())
        .then(pl.lit("orang-tak-dikenal"))
        .when(~alike())
        .then(pl.lit("nama-tidak-cocok"))
        .when(pl.col("kind").is_null())
        .then(pl.lit("jenis-tak-dikenal"))
        .when(pl.col("event_date").is_null())
        .then(pl.lit("tanggal-tak-terbaca"))
        .when(pl.col("proof").is_null())
        .then(pl.lit("tanpa-bukti"))
    )
    both = both.with_columns(fault=fault)
    good = both.filter(pl.col("fault").is_null()).select("person_id", "kind", "event_date", "proof")
    bad = both.filter(pl.col("fault").is_not_null())
    return good, list(bad.select("row", "fault").iter_rows())
