"""A program at the door: an officer's token in its hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.acting import ready_officer
from tests.unit.desk.walking import undone, world
from tests.working import work_off

from jaring.officers.actions_token import issue

__all__ = ["undone", "world"]


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


@pytest.fixture
def ended() -> Callable[..., Any]:
    """``ended(client, answer)``: what the work that was begun came to, as its program asks for it."""

    def ask(client: Any, answer: Any) -> dict[str, Any]:
        assert answer.status_code == 202, answer.content
        assert answer.json()["state"] == "waiting"
        work_off()
        told = client.get(answer["Location"])
        assert told.status_code == 200
        return dict(told.json())

    return ask
