"""The walk: every address of the site, tried by every role, at its own desa and at those of others.

What a new page needs, and a failure here asks for:

1. its view says who may open it, next to the view: ``@requires("people.read")`` (a right of
   ``officers.roles``), or ``@public("why anyone may")``, both from ``jaring.officers.access``;
2. its address has a name;
3. when something stands in the address (``<int:pk>``), ``tests/unit/desk/examples/<area>.py`` says how to
   fill it in, in one of two tables of functions from a place to keyword arguments::

       WITHIN = {"person": lambda here: {"public_id": here.person.public_id}}   # belongs to a desa
       EVERYWHERE = {"batch": lambda here: {"number": here.batch.number}}       # belongs to the regency

   ``here`` is a ``Things`` (tests/unit/desk/things.py): a person of one desa and rows about them in every
   table. An example may make rows of its own, by the ORM, that hang on ``here.person`` or ``here.roster``
   and show ``here.mark`` where they show a name.

Then the walk holds the page to this: who is not signed in is sent to sign in; who lacks the right gets
403; at least one role opens the example; an object of a place beyond an officer's reach answers exactly as
one that does not exist (404), to GET and to POST; and no page shows a name from beyond its reader's reach,
or a NIK.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.db import transaction
from tests.unit.desk.routes import Actor, Route, actors, address, examples, routes, said, words
from tests.unit.desk.things import Things, places

from jaring.officers.roles import ROLES, Persons
from jaring.officers.scope import WHOLE, scoped

#: The addresses of signing in are another package's, which knows nothing of ``requires``: what each asks.
ALLAUTH = {
    "account_login": "anyone",
    "account_logout": "anyone",
    "account_inactive": "anyone",
    "mfa_authenticate": "a sign-in under way",
    "account_reauthenticate": "an account",
    "account_change_password": "an account",
    "mfa_index": "an account",
    "mfa_reauthenticate": "an account",
    "mfa_activate_totp": "an account",
    "mfa_deactivate_totp": "an account",
    "mfa_view_recovery_codes": "an account",
    "mfa_generate_recovery_codes": "an account",
    "mfa_download_recovery_codes": "an account",
    "mfa_list_webauthn": "an account",
    "mfa_add_webauthn": "an account",
    "mfa_reauthenticate_webauthn": "an account",
    "mfa_remove_webauthn": "an account's own key",
    "mfa_edit_webauthn": "an account's own key",
}
#: Files that name persons by their nature, for a role that reads no register.
NAMED_BY_NATURE = {"batch.fetch"}
#: Opening a NIK is the one page that shows one.
SHOWS_NIK = {"nik.reveal"}

ALL = routes()
OWN = [route for route in ALL if route.package == "jaring"]
GUARDED = [route for route in OWN if route.right]
METHODS = ("GET", "POST")
SIGN_IN = "/masuk/"


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
            actors(own),
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


def _gone(route: Route) -> str:
    """The address of a thing that was there and is no more."""
    with transaction.atomic(), scoped(WHOLE):
        url = address(route, Things("52.03.99.9999", "INAQ TIADA"))
        transaction.set_rollback(True)
    return url


def _asked(actor: Actor, method: str, url: str) -> Any:
    """Ask, and take back what the answer changed."""
    with transaction.atomic():
        answer = actor.asks(method, url)
        told = answer, said(answer)
        transaction.set_rollback(True)
    return told


@pytest.mark.parametrize("route", ALL, ids=str)
def test_every_route_says_who_may_open_it(route: Route) -> None:
    if route.package == "allauth":
        assert route.name in ALLAUTH, (
            f"{route.pattern}: say in ALLAUTH of this file what it asks of a visitor"
        )
        return
    if route.package == "ninja":
        # The door for machines takes tokens, not sessions; tests/unit/api walks its operations.
        assert route.pattern.startswith("api/")
        return
    assert route.package == "jaring", f"{route.pattern}: a package of others brings it; say why it is safe"
    assert route.name, f"{route.pattern}: give the address a name"
    assert bool(route.right) != bool(route.public), (
        f"{route.pattern} ({route.view.__module__}.{route.view.__qualname__}): say above the view who may "
        'open it, @requires("a right of officers.roles") or @public("why anyone may"); one of them, '
        "outermost but for require_POST"
    )
    if route.takes and route.right:
        assert examples(route)[0], (
            f"{route.pattern}: tests/unit/desk/examples/{route.area}.py does not say how to fill it in. Add "
            f'"{route.name}": lambda here: {{...}} to its WITHIN (an object of a desa) or EVERYWHERE (of the '
            "regency); the first lines of this file show how"
        )


def test_no_list_here_names_a_route_that_is_gone() -> None:
    assert set(ALLAUTH) == {route.name for route in ALL if route.package == "allauth"}
    package = import_module("tests.unit.desk.examples")
    for found in iter_modules(package.__path__):
        own = import_module(f"tests.unit.desk.examples.{found.name}")
        named = {*getattr(own, "WITHIN", {}), *getattr(own, "EVERYWHERE", {})}
        there = {route.name for route in OWN if route.area == found.name and route.takes}
        assert named <= there, (
            f"examples/{found.name}.py names {sorted(named - there)}, which is no such route"
        )


@pytest.mark.parametrize("route", [r for r in ALL if r.package == "allauth"], ids=str)
def test_the_pages_of_an_account_send_a_visitor_to_sign_in(route: Route, undone: World) -> None:
    visitor = undone.actors[0]
    url = address(route, undone.own) if not route.takes else "/" + route.pattern.replace("<int:pk>", "1")
    status, location, _ = _asked(visitor, "GET", url)[1]
    if ALLAUTH[route.name] == "anyone":
        assert status < 400
    else:
        assert (status, location.split("?")[0]) == (302, SIGN_IN)


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_a_visitor_is_sent_to_sign_in_and_a_role_without_the_right_refused(
    route: Route, undone: World
) -> None:
    url = address(route, undone.own)
    wrong: list[str] = []
    opened = 0
    for actor in undone.actors:
        asked = {method: _asked(actor, method, url)[1] for method in METHODS}
        taken = {method: told for method, told in asked.items() if told[0] != 405}
        assert taken, f"{url} takes neither GET nor POST"
        for method, (status, location, _) in taken.items():
            sent_in = status == 302 and location.startswith(SIGN_IN)
            if actor.officer is None:
                right = sent_in
            elif not actor.scope.may(route.right or ""):
                right = status == 403
            else:
                right = status < 500 and not sent_in
                opened += status < 400
            if not right:
                wrong.append(f"{actor.label} {method} {url}: {status} {location}")
    assert wrong == []
    assert opened, f"no role opens {url}: does the example of {route.name} stand for something real?"


@pytest.mark.parametrize("route", [r for r in GUARDED if examples(r)[1]], ids=str)
def test_an_object_beyond_reach_answers_as_one_that_does_not_exist(route: Route, undone: World) -> None:
    gone = _gone(route)
    wrong = []
    compared = 0
    for actor in undone.actors:
        if not actor.scope.may(route.right or ""):
            continue
        for place in undone.beyond(actor):
            url = address(route, place)
            for method in METHODS:
                there, nowhere = _asked(actor, method, url)[1], _asked(actor, method, gone)[1]
                compared += 1
                if there != nowhere or there[0] not in {404, 405}:
                    wrong.append(f"{actor.label} {method} {url}: {there[0]}, for none {nowhere[0]}")
    assert wrong == []
    assert compared, f"nobody with {route.right} stands outside: is {route.name} of a desa at all?"


@pytest.mark.parametrize("route", OWN, ids=str)
def test_no_page_shows_a_name_from_beyond_or_a_nik(route: Route, undone: World) -> None:
    if route.takes and not examples(route)[0]:
        pytest.skip("open to anyone; its own test fills the address in")
    url = address(route, undone.own)
    wrong = []
    for actor in undone.actors:
        answer = _asked(actor, "GET", url)[0]
        shown = words(answer)
        for place in (undone.own, undone.sibling, undone.elsewhere):
            if place.mark in shown and not actor.reaches(place) and route.right not in NAMED_BY_NATURE:
                wrong.append(f"{actor.label} reads {place.mark} at {url}")
            if place.nik in shown and route.right not in SHOWS_NIK:
                wrong.append(f"{actor.label} reads a NIK at {url}")
    assert wrong == []


def test_the_walk_has_somebody_on_every_side(world: World) -> None:
    """The control: a walk in which everyone reaches everything, or nobody anything, would prove nothing."""
    sides = {
        (ROLES[grant.role].persons, *(actor.reaches(p) for p in (world.own, world.sibling, world.elsewhere)))
        for actor in world.actors
        for grant in actor.scope.grants
    }
    assert {
        (Persons.REGISTER, True, False, False),
        (Persons.REGISTER, True, True, False),
        (Persons.REGISTER, True, True, True),
        (Persons.LISTS, True, True, True),
        (Persons.LISTS, False, False, False),
        (Persons.NONE, False, False, False),
    } <= sides
    assert {grant.role for actor in world.actors for grant in actor.scope.grants} == set(ROLES)
