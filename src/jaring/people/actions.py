"""The only writer of people: rows become persons, in bulk, as often as asked, without doubling."""

from __future__ import annotations

import os
from collections.abc import Callable

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.journal.actions import record
from jaring.people import linking, pairs, portraits, prepare, register
from jaring.people.actions_review import close_stale, decide_review
from jaring.people.models import Link, Person, Review
from jaring.rosters.frame import accepted
from jaring.tables import secrets
from jaring.tables.frames import analyse_grown, copy_in, copy_in_parts, copy_in_table, read

__all__ = ["decide_review", "recognise", "recognise_frame"]

Progress = Callable[[str], None]
_LOCK = 504002
#: Persons sealed at a time.
_PART = 20_000
_OPEN = ("name", "birth_date", "sex", "desa_code", "kecamatan_code")


@transaction.atomic
def recognise(*, by: str, progress: Progress | None = None) -> dict[str, int]:
    """Link every accepted row that no person has yet; returns counts. Done again, it changes nothing."""
    said = [name for name in prepare.COLUMNS if name not in {"row_id", "person_id"}]
    # A list that came alone told the planner nothing of itself.
    analyse_grown("rosters_row", "people_link")
    return recognise_frame(accepted(unlinked_only=True, columns=said), by=by, progress=progress)


@transaction.atomic
def recognise_frame(frame: pl.DataFrame, *, by: str, progress: Progress | None = None) -> dict[str, int]:
    """As ``recognise``, for the rows of ``frame`` (``row_id`` of rosters.Row and the linking columns)."""
    say = progress or (lambda _stage: None)
    with connection.cursor() as cursor:
        # Two at once would each make the same person: the second waits and finds the rows linked.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if frame.height:
        linked = read("SELECT row_id FROM people_link")
        frame = frame.join(linked, on="row_id", how="anti", maintain_order="left")
    frame = prepare.complete(frame)
    counts = dict.fromkeys(("rows", "new_people", "known_people", "certain", "likely", "review", "cases"), 0)
    if frame.height:
        counts |= _link(frame, say)
    counts["closed"] = close_stale()
    if frame.height or counts["closed"]:
        record("people.recognise", f"{frame.height} baris", by=by, **counts)
    return counts


def _link(frame: pl.DataFrame, say: Progress) -> dict[str, int]:
    frame = frame.with_columns(record_key=secrets.blind_column(portraits.record(frame), "people.record"))
    say("membuka register")
    known = register.known()
    found = linking.link(frame, known, verdicts=_verdicts(frame), progress=say)
    rows = found.rows.join(frame.drop("nik", "person_id"), on="row_id", maintain_order="left")
    say("menyimpan orang")
    fresh = rows.filter(pl.col("person").is_null())
    ids = _store_people(portraits.portraits(fresh))
    rows = rows.join(ids, on="cluster", how="left", maintain_order="left").with_columns(
        person_id=pl.coalesce("person", "made")
    )
    _complete_people(portraits.portraits(rows.filter(pl.col("person").is_not_null())), rows, known)
    say("menyimpan tautan")
    copy_in(rows.select("row_id", "person_id", "weight", "state", "record_key"), Link)
    cases = _store_reviews(found.reviews, rows)
    states = dict(rows.group_by("state").len().iter_rows())
    return {
        "rows": rows.height,
        "new_people": ids.height,
        "known_people": rows["person"].drop_nulls().n_unique(),
        **{state: states.get(state, 0) for state in ("certain", "likely", "review")},
        "cases": cases,
    }


def _verdicts(frame: pl.DataFrame) -> pl.DataFrame | None:
    """What was decided about records of this frame, each side as a row of it or as a known person."""
    decided = read("SELECT low_key, high_key, verdict FROM people_verdict")
    if decided.is_empty():
        return None
    here = frame.select("record_key", row="row_id", person=pl.lit(None, dtype=pl.Int64))
    there = read(
        "SELECT DISTINCT l.record_key, NULL::bigint AS row, l.person_id AS person FROM people_link l"
        " JOIN people_verdict v ON l.record_key IN (v.low_key, v.high_key)"
    )
    records = pl.concat([here, there.select(here.columns)])
    for side, key in (("left", "low_key"), ("right", "high_key")):
        named = records.rename({"row": f"{side}_row", "person": f"{side}_person"})
        decided = decided.join(named, left_on=key, right_on="record_key")
    return decided.select("left_row", "right_row", "left_person", "right_person", "verdict")


def _store_people(made: pl.DataFrame) -> pl.DataFrame:
    """New persons by COPY; returns ``cluster, made`` (the person's id)."""
    # The sequence is looked up once, not for each of its numbers: that took ten times as long as they do.
    sequence = read("SELECT pg_get_serial_sequence('people_person', 'id') AS name")["name"].item()
    ids = read(
        "SELECT nextval(%s::regclass) AS id FROM generate_series(1, %s)",
        [sequence, made.height],
    )["id"]
    made = made.with_columns(
        ids,
        public_id=_uuids(made.height),
        first_seen=pl.lit(timezone.now().isoformat()),
    )
    columns = ["id", "public_id", "first_seen", *_OPEN, *_sealed_names()]
    # Sealed part by part, while PostgreSQL takes in the part before.
    sealed = (_sealed(part).select(columns) for part in made.iter_slices(_PART))
    copy_in_parts(sealed, Person._meta.db_table, made.height)
    return made.select("cluster", made="id")


def _uuids(count: int) -> pl.Series:
    """Random UUIDs of version 4, drawn at once: one by one they take seconds. Sorted: an index that is
    filled in order takes half the time."""
    drawn = os.urandom(16 * count).hex()
    each = sorted(drawn[at : at + 32] for at in range(0, len(drawn), 32))
    part = pl.col("drawn").str.slice
    version, variant = pl.lit("4") + part(13, 3), pl.lit("a") + part(17, 3)
    groups = pl.concat_str(part(0, 8), part(8, 4), version, variant, part(20), separator="-")
    return pl.DataFrame({"drawn": each}, schema={"drawn": pl.String}).select(groups).to_series()


def _sealed_names() -> list[str]:
    return ["nik_bi", *register.SEALED.values()]


def _sealed(people: pl.DataFrame) -> pl.DataFrame:
    for field, sealed in register.SEALED.items():
        contexts = people.select(register.context(pl.col("public_id"), field)).to_series()
        people = people.with_columns(secrets.encrypt_column(people[field], contexts).alias(sealed))
    return people.with_columns(secrets.blind_column(people["nik"], "nik").alias("nik_bi"))


def _complete_people(seen: pl.DataFrame, rows: pl.DataFrame, known: pl.DataFrame) -> None:
    """What the register did not know of a known person and the new rows say. What it knew stays."""
    owner = rows.select("cluster", "person").drop_nulls().unique()
    seen = seen.join(owner, on="cluster").rename({"person": "person_id"})
    before = (
        known.filter("own")
        .drop("own")
        .rename({c: f"old_{c}" for c in known.columns if c not in {"person_id", "own"}})
    )
    both = seen.join(before, on="person_id")
    fields = [*register.SEALED, *_OPEN[1:]]
    news = {f: pl.when(pl.col(f"old_{f}").is_null()).then(pl.col(f)).alias(f) for f in fields}
    fills = both.select("person_id", *news.values()).filter(
        pl.any_horizontal(pl.col(f).is_not_null() for f in fields)
    )
    if fills.is_empty():
        return
    fills = fills.join(register.people().select("person_id", "public_id"), on="person_id")
    columns = [*_sealed_names(), *_OPEN[1:]]
    kinds = {"birth_date": "date", **dict.fromkeys(_sealed_names(), "bytea")}
    with connection.cursor() as cursor:
        spelled = ", ".join(f"{c} {kinds.get(c, 'text')}" for c in columns)
        cursor.execute(f"CREATE TEMP TABLE people_fill (id bigint, {spelled}) ON COMMIT DROP")
        copy_in_table(_sealed(fills).select(pl.col("person_id").alias("id"), *columns), "people_fill")
        changes = ", ".join(f"{c} = COALESCE(p.{c}, f.{c})" for c in columns)
        cursor.execute(f"UPDATE people_person p SET {changes} FROM people_fill f WHERE p.id = f.id")  # noqa: S608
        cursor.execute("DROP TABLE people_fill")


def _store_reviews(cases: pl.DataFrame, rows: pl.DataFrame) -> int:
    """Questions that are new by their records' content; one that was asked before is not asked again."""
    if cases.is_empty():
        return 0
    persons = pl.concat([cases["left_person"], cases["right_person"]]).drop_nulls().unique().to_list()
    stored = read(
        "SELECT DISTINCT ON (person_id) person_id, record_key, row_id FROM people_link"
        " WHERE person_id = ANY(%s) ORDER BY person_id, row_id",
        [persons],
    )
    mine = rows.select("row_id", "record_key", "person_id")
    for side in ("left", "right"):
        cases = cases.join(
            mine.select(pl.col("row_id").alias(f"{side}_row"), k1="record_key", p1="person_id"),
            on=f"{side}_row",
            how="left",
            maintain_order="left",
        ).join(
            stored.select(pl.col("person_id").alias(f"{side}_person"), k2="record_key", r2="row_id"),
            on=f"{side}_person",
            how="left",
            maintain_order="left",
        )
        cases = cases.with_columns(
            pl.coalesce("k1", "k2").alias(f"{side}_key"),
            pl.coalesce(f"{side}_row", "r2").alias(f"{side}_row"),
            pl.coalesce("p1", f"{side}_person").alias(f"{side}_person"),
        ).drop("k1", "k2", "p1", "r2")
    asked = {(bytes(a), bytes(b)) for a, b in Review.objects.values_list("left_key", "right_key")}
    now = timezone.now()
    fresh = []
    for case in cases.iter_rows(named=True):
        left, right = ("left", "right") if case["left_key"] < case["right_key"] else ("right", "left")
        keys = (case[f"{left}_key"], case[f"{right}_key"])
        # Two records of the same content cannot be told apart by what is remembered.
        if keys in asked or keys[0] == keys[1]:
            continue
        asked.add(keys)
        fresh.append(
            Review(
                left_key=keys[0],
                right_key=keys[1],
                left_person_id=case[f"{left}_person"],
                right_person_id=case[f"{right}_person"],
                left_row_id=case[f"{left}_row"],
                right_row_id=case[f"{right}_row"],
                weight=case["weight"],
                weights={name: round(case[f"w_{name}"], 2) for name in pairs.FIELDS},
                opened_at=now,
            )
        )
    Review.objects.bulk_create(fresh, batch_size=1000)
    return len(fresh)
