"""A program at the door: an officer's token in its hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.acting import ready_officer

from jaring.officers.actions_token import issue


@pytest.fixture
def door() -> Callable[..., Any]:
    """``door("bpjs")`` → a client with ``officer`` and ``secret``."""
    made = iter(range(1, 100))

    def make(role: str, **given: Any) -> Any:
        officer = ready_officer(f"mesin.{role}.{next(made)}", role, **given)
        secret = issue(officer, "uji", timezone.localdate() + dt.timedelta(days=30), by="uji")
        client = Client(headers={"authorization": f"Bearer {secret}"})
        client.officer, client.secret = officer, secret  # type: ignore[attr-defined]
        return client

    return make
