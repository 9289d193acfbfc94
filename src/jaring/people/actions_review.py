"""What people decide about doubtful pairs: remembered by content, and carried out at once."""

from __future__ import annotations

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.facts.reason import refuse
from jaring.journal.actions import record
from jaring.people import policy, register
from jaring.people.models import Link, Merge, Person, Review, Verdict
from jaring.tables import secrets
from jaring.tables.frames import read


@transaction.atomic
def decide_review(review_id: int, verdict: str, *, by: str) -> Review:
    """``same`` (two persons become one), ``different`` (never asked again) or ``ask`` (the office is asked).

    The answer binds every later import of the same records. One that was given already is refused.
    """
    review = Review.objects.select_for_update().filter(pk=review_id).first()
    if review is None:
        raise refuse("kasus-tidak-ada", "Kasus ini tidak ada.", "Muat ulang daftar kasus.")
    follows = policy.REVIEW[review.state]
    if verdict not in {"same", "different", "ask"} & set(follows):
        raise refuse(
            "putusan-tidak-dapat",
            f"Kasus berstatus '{review.state}' tidak dapat diputus '{verdict}'.",
            "Kasus yang sudah diputus tidak diputus ulang; lihat riwayatnya.",
        )
    now = timezone.now()
    if verdict in policy.BINDING:
        Verdict.objects.create(
            low_key=min(bytes(review.left_key), bytes(review.right_key)),
            high_key=max(bytes(review.left_key), bytes(review.right_key)),
            verdict=verdict,
            by=by,
            at=now,
        )
    review.state, review.decided_at, review.decided_by = follows[verdict], now, by
    review.save(update_fields=["state", "decided_at", "decided_by"])
    facts: dict[str, int] = {"left": review.left_person_id, "right": review.right_person_id}
    if verdict == "same":
        facts["kept"] = _merge(review, root_of(review.left_person_id), root_of(review.right_person_id))
        close_stale()
    record(f"people.review.{verdict}", f"kasus {review_id}", by=by, **facts)
    return review


def root_of(person_id: int) -> int:
    """The person that this one is by now."""
    while (above := Person.objects.values_list("merged_into_id", flat=True).get(pk=person_id)) is not None:
        person_id = above
    return person_id


def _merge(review: Review, a: int, b: int) -> int:
    """Two persons become one; the other stays as history and points to it. Returns the one that stays."""
    if a == b:
        return a
    held = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=[a, b]).order_by("pk")}
    first, second = sorted(held.values(), key=lambda p: (p.nik_bi is None, p.pk))
    keep, gone = first, second
    moved = []
    for field, sealed in register.SEALED.items():
        value = getattr(gone, sealed)
        if getattr(keep, sealed) is None and value is not None:
            text = secrets.decrypt(bytes(value), f"people.person:{gone.public_id}:{field}")
            setattr(keep, sealed, secrets.encrypt(text, f"people.person:{keep.public_id}:{field}"))
            moved.append(sealed)
            if field == "nik":
                keep.nik_bi = gone.nik_bi
                moved.append("nik_bi")
    for field in ("birth_date", "sex", "desa_code", "kecamatan_code"):
        if getattr(keep, field) is None and getattr(gone, field) is not None:
            setattr(keep, field, getattr(gone, field))
            moved.append(field)
    # A NIK that moves must leave its old holder first: it has one holder at any moment.
    if "nik_bi" in moved:
        gone.nik_bi = None
    gone.merged_into = keep
    gone.save(update_fields=["nik_bi", "merged_into"])
    if moved:
        keep.save(update_fields=moved)
    links = Link.objects.filter(person=gone)
    waiting = Review.objects.filter(state__in=policy.WAITING)
    left, right = waiting.filter(left_person=gone), waiting.filter(right_person=gone)
    Merge.objects.create(
        review=review,
        kept=keep,
        gone=gone,
        columns=moved,
        links=list(links.values_list("pk", flat=True)),
        left_cases=list(left.values_list("pk", flat=True)),
        right_cases=list(right.values_list("pk", flat=True)),
        at=timezone.now(),
    )
    links.update(person=keep)
    left.update(left_person=keep)
    right.update(right_person=keep)
    return keep.pk


def close_stale() -> int:
    """Close questions whose cause is gone: the two became one, a side has no row left, or both now hold
    a NIK of their own that the question lacked. Returns how many."""
    waiting = read(
        "SELECT id, left_person_id AS a, right_person_id AS b, (weights->>'nik')::float AS nik"
        " FROM people_review WHERE state = ANY(%s)",
        [list(policy.WAITING)],
    )
    if waiting.is_empty():
        return 0
    people = pl.concat([waiting["a"], waiting["b"]]).unique().to_list()
    with connection.cursor() as cursor:
        # Right after a bulk load the planner knows nothing of these tables and would loop over them.
        cursor.execute("SET LOCAL enable_nestloop = off")
        alive = read(
            "SELECT DISTINCT l.person_id FROM people_link l JOIN rosters_row r ON r.id = l.row_id"
            " JOIN rosters_roster o ON o.id = r.roster_id"
            " WHERE l.person_id = ANY(%s) AND o.state = 'received'",
            [people],
        )["person_id"]
        cursor.execute("SET LOCAL enable_nestloop = on")
    holders = read("SELECT id FROM people_person WHERE id = ANY(%s) AND nik_bi IS NOT NULL", [people])["id"]
    lives = lambda side: pl.col(side).is_in(alive.implode())  # noqa: E731
    holds = lambda side: pl.col(side).is_in(holders.implode())  # noqa: E731
    gone = waiting.filter(
        (pl.col("a") == pl.col("b"))
        | ~(lives("a") & lives("b"))
        | ((pl.col("nik") == 0) & holds("a") & holds("b"))
    )
    Review.objects.filter(pk__in=gone["id"].to_list()).update(state="closed", decided_at=timezone.now())
    return gone.height
