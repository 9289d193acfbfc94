"""Passwords: Argon2id as OWASP lists it, and what a new one must be."""

from __future__ import annotations

import datetime
import re
import secrets
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from jaring.officers.roles import ROLES

#: Words of this place and work that stand in every guesser's list.
_LOCAL = re.compile(
    r"jaring|lomboktimur|lombok|lotim|selong|disnaker|pemkab|bupati|bpjs|jamsostek|indonesia|merdeka|"
    r"bismillah|rahasia|katasandi|sayang|password|qwerty|123456|abcdef"
)
#: No look-alikes: a first password is read from paper and typed on a phone.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Argon2id(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: of 500 sign-ins within a minute on two cores each takes less than one."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class LongForMoney:
    """Fifteen characters for roles that need a second factor, twelve for everyone else."""

    def validate(self, password: str, user: Any = None) -> None:
        least = 15 if user is not None and needs_second_factor(user) else 12
        if len(password) < least:
            raise ValidationError(
                _("Kata sandi harus paling sedikit %(least)s karakter.") % {"least": least},
                code="terlalu-pendek",
            )

    def get_help_text(self) -> str:
        return _(
            "Paling sedikit 12 karakter; 15 untuk peran yang menyangkut uang, data semua desa, atau akun."
        )


class NotOfThisPlace:
    """What is left of a password without the words everyone here would try must still be something."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = _LOCAL.sub("", password.lower())
        if len(set(rest)) < 5:
            raise ValidationError(
                _("Kata sandi ini mudah ditebak: pakai beberapa kata yang tidak berhubungan."),
                code="mudah-ditebak",
            )

    def get_help_text(self) -> str:
        return _("Beberapa kata yang tidak berhubungan lebih baik daripada satu kata dengan angka.")


def needs_second_factor(officer: Any, on: datetime.date | None = None) -> bool:
    """Whether a role held that day demands one."""
    if getattr(officer, "pk", None) is None:
        return False
    day = on or timezone.localdate()
    held = officer.assignments.filter(date_from__lte=day, date_to__gte=day).values_list("role", flat=True)
    return any(ROLES[role].second_factor for role in held if role in ROLES)


def first_password() -> str:
    """Four groups of five: about 99 bits, until its owner replaces it."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
