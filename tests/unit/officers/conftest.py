"""Officers to sign in with."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from jaring.officers import actions
from jaring.officers.models import Officer

#: The password of every account that ``make`` makes.
WORD = "kuda-lari-di-padang-hijau"


@pytest.fixture
def word() -> str:
    return WORD


@pytest.fixture
def make() -> Callable[..., Officer]:
    """``make("siti", "operator_desa", territory=[…])``: an account that holds these roles today."""

    def made(username: str, *roles: str, office: str = "", **given: object) -> Officer:
        officer, _ = actions.make_officer(username, username.title(), office, by="penguji", password=WORD)
        today, ten = timezone.localdate(), datetime.timedelta(days=10)
        for role in roles:
            actions.assign(officer, role, by="penguji", date_from=today - ten, date_to=today + ten, **given)  # type: ignore[arg-type]
        return officer

    return made
