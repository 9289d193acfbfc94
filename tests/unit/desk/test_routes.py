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
or a NIK. What a form or the part behind the question mark names is walked by ``test_said.py``.
"""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules
from urllib.parse import urlencode

import pytest
from tests.unit.desk.routes import Route, address, examples, filters, routes
from tests.unit.desk.walking import METHODS, Told, World, ask, gone

from jaring.officers.roles import ROLES, Persons

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
#: The description of the door for machines, and its bare address, which is no page.
API_OPEN = {"api:openapi-json", "api:api-root"}
#: What pages call a desa or a kecamatan behind the question mark.
PLACES = {"desa", "desa_code", "kecamatan", "place", "mulai"}
#: Files that name persons by their nature, for a role that reads no register.
NAMED_BY_NATURE = {"batch.fetch"}
#: A NIK is shown where one is opened with a reason, and in the files that go to the insurer.
SHOWS_NIK = {"nik.reveal", "batch.fetch"}

ALL = routes()
OWN = [route for route in ALL if route.package == "jaring"]
MACHINES = [route for route in ALL if route.name.startswith("api:")]
GUARDED = [route for route in OWN if route.right]

_own_answers: dict[str, list[Told]] = {}


def _at_own(route: Route, world: World) -> list[Told]:
    """What everyone is told at the own desa, but where the method is not taken. Asked once."""
    if route.pattern not in _own_answers:
        url = address(route, world.own)
        told = [ask(actor, method, url) for actor in world.actors for method in METHODS]
        _own_answers[route.pattern] = [one for one in told if one.status != 405]
    return _own_answers[route.pattern]


def _fillable(route: Route) -> None:
    if route.takes and not examples(route)[0]:
        pytest.skip(
            "nothing says how to fill the address in; guarded ones fail above, public ones have tests"
        )


@pytest.mark.parametrize("route", ALL, ids=str)
def test_every_route_says_who_may_open_it(route: Route) -> None:
    if route.package == "allauth":
        assert route.name in ALLAUTH, (
            f"{route.pattern}: say in ALLAUTH of this file what it asks of a visitor"
        )
        return
    if route in MACHINES:
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
    told = ask(undone.actors[0], "GET", "/" + route.pattern.replace("<int:pk>", "1"))
    if ALLAUTH[route.name] == "anyone":
        assert told.status < 400
    else:
        assert told.to_sign_in, told


@pytest.mark.parametrize("route", MACHINES, ids=lambda route: route.pattern)
def test_the_door_for_machines_takes_no_session(route: Route, undone: World) -> None:
    """Tokens alone; what each operation asks of them is tried in tests/unit/api."""
    if route.name in API_OPEN:
        return
    url = "/" + re.sub(r"<[^>]+>", "1", route.pattern)
    told = [ask(actor, method, url) for actor in undone.actors[:2] for method in METHODS]
    assert [str(one) for one in told if one.status not in {401, 405}] == []
    assert any(one.status == 401 for one in told)


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_only_the_right_opens_it(route: Route, undone: World) -> None:
    """A visitor is sent to sign in, a role without the right refused, and somebody gets in."""
    _fillable(route)
    answers = _at_own(route, undone)
    may = [told for told in answers if told.actor.scope.may(route.right or "")]
    may_not = [told for told in answers if told not in may and told.actor.officer]
    visitor = [told for told in answers if told.actor.officer is None]
    assert visitor, f"{route.pattern} takes neither GET nor POST"
    assert [str(told) for told in visitor if not told.to_sign_in] == []
    assert [str(told) for told in may_not if told.status != 403] == []
    assert [str(told) for told in may if told.status >= 500 or told.to_sign_in] == []
    # 409: the door was passed, and the room refused an empty form.
    assert any(told.status < 400 or told.status == 409 for told in may), (
        f"no role opens {route.pattern}: {[str(told) for told in may]}; is the example of {route.name} real?"
    )


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_an_object_beyond_reach_answers_as_one_that_does_not_exist(route: Route, undone: World) -> None:
    if not examples(route)[1]:
        pytest.skip("nothing of a desa stands in the address")
    missing = gone(route)
    wrong = []
    compared = 0
    for actor in undone.actors:
        if not actor.scope.may(route.right or ""):
            continue
        for method in METHODS:
            nowhere = ask(actor, method, missing)
            for place in undone.beyond(actor):
                there = ask(actor, method, address(route, place))
                compared += 1
                same = (there.status, there.location, there.body) == (
                    nowhere.status,
                    nowhere.location,
                    nowhere.body,
                )
                if not same or there.status not in {404, 405}:
                    wrong.append(f"{there}, for one that does not exist {nowhere.status}")
    assert wrong == []
    assert compared, f"nobody with {route.right} stands outside: is {route.name} of a desa at all?"


@pytest.mark.parametrize("route", OWN, ids=str)
def test_no_page_shows_a_name_from_beyond_or_a_nik(route: Route, undone: World) -> None:
    _fillable(route)
    wrong = []
    for told in _at_own(route, undone):
        for place in (undone.own, undone.sibling, undone.elsewhere):
            named = place.mark in told.shown and route.right not in NAMED_BY_NATURE
            if named and not told.actor.reaches(place):
                wrong.append(f"{told} shows {place.mark}")
            if place.nik in told.shown and route.right not in SHOWS_NIK:
                wrong.append(f"{told} shows a NIK")
    assert wrong == []


@pytest.mark.parametrize("route", [r for r in GUARDED if not r.takes and r.area], ids=str)
def test_no_filter_reaches_beyond(route: Route, undone: World) -> None:
    """Every name that the area asks for, filled with another kecamatan's codes and keys."""
    names, there = sorted(filters(route)), undone.elsewhere
    codes = (there.desa_code, there.desa_code[:8])
    keys = (there.person.pk, there.person.public_id, there.roster.pk)
    asked = [dict.fromkeys(names, value) for value in (*codes, *keys)]
    # Alone as well: a field of another kind that refuses the value would answer with nothing at all.
    asked += [{name: code} for name in PLACES.intersection(names) for code in codes]
    wrong = []
    for actor in undone.actors:
        # The regency's officers reach it, and who reads no person at all was asked above.
        if not actor.scope.may(route.right or "") or not actor.reaches(undone.own) or actor.reaches(there):
            continue
        for given in asked:
            told = ask(actor, "GET", f"{address(route, undone.own)}?{urlencode(given)}")
            if there.mark in told.shown or told.status >= 500:
                wrong.append(f"{told}, asked for {given}")
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
