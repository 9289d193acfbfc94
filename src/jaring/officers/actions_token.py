"""The only writer of tokens."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from jaring.facts.reason import refuse
from jaring.journal.actions import record
from jaring.officers.models import Officer, Token

PREFIX = "jaring_"
LONGEST = datetime.timedelta(days=366)


def digest(secret: str) -> bytes:
    """256 random bits need no slow hash; what is stored opens nothing."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def issue(officer: Officer, purpose: str, until: datetime.date, *, by: str) -> str:
    """A new token for one program; the secret is in the answer and nowhere else."""
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise refuse(
            "masa-token",
            "Token berlaku paling lama setahun, mulai hari ini.",
            "Pilih tanggal akhir dalam setahun; token baru dibuat sebelum yang lama habis.",
        )
    if not purpose.strip():
        raise refuse("tujuan-token", "Sebut program yang akan memakai token ini.", "Contoh: pengirim SIKS-NG")
    secret = PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(
        officer=officer,
        digest=digest(secret),
        purpose=purpose.strip()[:120],
        made_at=timezone.now(),
        made_by=by,
        until=until,
    )
    record("officers.issue_token", officer.username, by=by, purpose=purpose.strip()[:120], until=until)
    return secret


@transaction.atomic
def revoke(token: Token, *, by: str) -> None:
    """The token opens nothing from the next request on."""
    token = Token.objects.select_for_update().select_related("officer").get(pk=token.pk)
    if token.revoked_at is not None:
        return
    token.revoked_at, token.revoked_by = timezone.now(), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    record("officers.revoke_token", token.officer.username, by=by, purpose=token.purpose)


def used(token: Token, day: datetime.date) -> None:
    """Note the day of last use, at most once a day: what nobody uses can be revoked without harm."""
    Token.objects.filter(pk=token.pk).update(used_on=day)
