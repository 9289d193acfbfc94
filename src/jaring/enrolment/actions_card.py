"""Cards made and revoked. One card in force a person; the code is stored as a keyed hash and sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment import cardcode
from jaring.enrolment.cards import PURPOSE, participants, sealed_with
from jaring.enrolment.models_paper import Card
from jaring.facts.reason import refuse
from jaring.journal.actions import record
from jaring.tables import secrets
from jaring.tables.frames import copy_in, read


@transaction.atomic
def make_cards(who: str | Sequence[int], *, by: str, on: dt.date | None = None) -> int:
    """A card for each participant of a desa (its code), or of these people, who has none in force.

    How many were made. Called again it makes none; a person who is no participant of the year gets none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.card'))")
    people = participants(who, on=on or timezone.localdate())
    held = read(
        "SELECT person_id FROM enrolment_card WHERE revoked_at IS NULL AND person_id = ANY(%s)",
        [people["person_id"].to_list()],
    )
    new = people.join(held, on="person_id", how="anti").select("person_id")
    if new.is_empty():
        return 0
    codes = pl.Series("code", [cardcode.fresh() for _ in range(new.height)])
    blind = secrets.blind_column(codes, PURPOSE)
    rows = new.with_columns(
        blind.alias("code_bi"),
        secrets.encrypt_column(codes, sealed_with(blind)).alias("code_ct"),
        made_at=pl.lit(timezone.now().isoformat()),
        made_by=pl.lit(by),
    )
    copy_in(rows, Card)
    record("enrolment.make_cards", who if isinstance(who, str) else "orang", by=by, cards=new.height)
    return new.height


@transaction.atomic
def revoke(card_id: int, *, reason: str, by: str) -> Card:
    """A card that is lost, or whose holder left, answers no more. A new one may be made at once."""
    card = Card.objects.select_for_update().filter(pk=card_id).first()
    if card is None:
        raise refuse("kartu-tak-dikenal", "Kartu itu tidak ada.")
    if not reason.strip():
        raise refuse("tanpa-alasan", "Alasan pencabutan belum diisi.", "Tulis alasannya.")
    if card.revoked_at is not None:
        return card
    card.revoked_at, card.revoked_by = timezone.now(), by
    card.revoked_reason = reason.strip()[:200]
    card.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    record("enrolment.revoke_card", f"kartu {card.pk}", by=by, reason=card.revoked_reason)
    return card


@transaction.atomic
def replace(card_id: int, *, reason: str, by: str) -> int:
    """A new card for the holder of a lost or torn one, whose code answers no more. How many were made.

    None is made when the holder is no participant any longer: the old one is revoked all the same.
    """
    card = revoke(card_id, reason=reason, by=by)
    return make_cards([card.person_id], by=by)
