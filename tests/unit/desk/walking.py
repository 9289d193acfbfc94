"""Who walks over the site, where, and what they are told; shared by the walks over addresses and forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, TypeVar
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from tests.unit.desk.reads import recorded
from tests.unit.desk.routes import Actor, Route, actors, address, said, words
from tests.unit.desk.things import Things, places

from jaring.officers.scope import WHOLE, scoped

METHODS = ("GET", "POST")
SIGN_IN = "/masuk/"
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class World:
    """The three places, one that was rolled back, and everyone."""

    own: Things
    sibling: Things
    elsewhere: Things
    actors: list[Actor]

    def beyond(self, actor: Actor) -> list[Things]:
        return [place for place in (self.own, self.sibling, self.elsewhere) if not actor.reaches(place)]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once and rolled back at the end: making everyone takes longer than a route."""
    own, sibling, elsewhere = places()
    with django_db_blocker.unblock(), transaction.atomic():
        made = World(
            Things(own, "INAQ SENDIRI KANDANGAN"),
            Things(sibling, "INAQ TETANGGA RAHASIA"),
            Things(elsewhere, "INAQ SEBERANG RAHASIA"),
            actors(own, sibling),
        )
        for place in (made.own, made.sibling, made.elsewhere):
            place.make()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def undone(world: World) -> Iterator[World]:
    """What a test does to the world is gone after it."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)


def gone(route: Route) -> str:
    """The address of a thing that was there and is no more."""
    return from_nowhere(lambda here: address(route, here))


def from_nowhere(example: Callable[[Things], _Made]) -> _Made:
    """What an example makes of a place that there is not, its rows gone again."""
    with transaction.atomic(), scoped(WHOLE):
        made = example(Things("52.03.99.9999", "INAQ TIADA"))
        transaction.set_rollback(True)
    return made


@dataclass(frozen=True)
class Told:
    """One answer. ``shown``: all that can be read in it."""

    actor: Actor
    method: str
    status: int
    location: str
    body: bytes
    shown: str
    read: frozenset[str]

    @property
    def to_sign_in(self) -> bool:
        return self.status == 302 and self.location.startswith(SIGN_IN)

    def __str__(self) -> str:
        return f"{self.actor.label} {self.method}: {self.status} {self.location}"


#: What every answer may write, whatever was asked.
_ALWAYS = {"django_session", "officers_cache", "officers_token"}


def ask(actor: Actor, method: str, url: str) -> Told:
    """Ask, and take back what the answer changed."""
    with transaction.atomic(), recorded() as read:
        answer = actor.asks(method, url)
        told = Told(actor, method, *said(answer), words(answer), frozenset(read))
        transaction.set_rollback(True)
    return told


@dataclass(frozen=True)
class Outcome:
    """All that came of something said: the answer, the page it led to, and the tables it wrote in."""

    status: int
    location: str
    body: bytes
    onward: tuple[int, str, bytes]
    written: tuple[tuple[str, int], ...]

    def without(self, *values: object) -> Outcome:
        """The same with what was said left out, so that two answers can be held against each other."""
        forms = {form for value in values for form in (str(value), quote(str(value)), escape(str(value)))}
        marks = sorted((f for f in forms if f), key=len, reverse=True)
        found = re.compile("|".join(rf"(?<![\w]){re.escape(mark)}(?![\w])" for mark in marks))
        plain = lambda text: found.sub("#", text)  # noqa: E731
        raw = lambda body: plain(body.decode("utf-8", "replace")).encode()  # noqa: E731
        status, location, body = self.onward
        onward = status, plain(location), raw(body)
        return Outcome(self.status, plain(self.location), raw(self.body), onward, self.written)


def say(actor: Actor, method: str, url: str, told: dict[str, Any], rows: Any = None) -> Outcome:
    """Say it, follow where the answer leads, count the rows written; then all of it is taken back."""
    with transaction.atomic():
        before = written()
        answer = said(actor.says(method, url, told, rows))
        more = written() - before
        local = answer[0] == 302 and answer[1].startswith("/")
        onward = said(actor.asks("GET", answer[1])) if local else (0, "", b"")
        transaction.set_rollback(True)
    return Outcome(*answer, onward, tuple(sorted(more.items())))


def written() -> Counter[str]:
    """Rows inserted, changed and deleted in this transaction, by table; PostgreSQL counts them anyway."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
                WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"""
        )
        return Counter({name: n for name, n in cursor.fetchall() if name not in _ALWAYS})
