"""The walk over what is said: every id in a form or behind the question mark, by every role, at every place.

A view that reads a name nobody has declared fails here. ``tests/unit/desk/examples/<area>.py`` says of each:

    WORDS = {"reason", "standing"}            # names no object: text, a date, a choice of the page itself
    SAID = {                                  # by route: an id, and what must be said with it to be heard
        "prints": (Said({"desa": lambda here: here.desa_code}, method="GET"),),
    }

``Said`` (tests/unit/desk/routes.py) says whose the id is. Then the walk holds the page to this: an id from
beyond an officer's reach answers exactly as one that does not exist, leads to the same page, and writes the
same rows: none. And within reach it does make a difference, or the example would prove nothing.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.unit.desk.reads import areas, read_in, source
from tests.unit.desk.routes import Actor, Route, Said, address, examples, names_said, routes
from tests.unit.desk.things import Things
from tests.unit.desk.walking import METHODS, Outcome, World, ask, from_nowhere, say

from jaring.officers.scope import WHOLE, scoped

OWN = [route for route in routes() if route.area and (route.right or route.public)]
SAYING = [(route, one) for route in OWN for one in names_said(route.area)[0].get(route.name, ())]
#: Read by what all pages share: a page of a list (sought among the rows its reader sees), a form's own key,
#: a file, a reason, the month of a page, where to go back to, which tongue.
SHARED = {"after", "hal", "key", "file", "reason", "bulan", "next", "language", "csrfmiddlewaretoken"}


def _ids(area: str) -> set[str]:
    return {name for many in names_said(area)[0].values() for one in many for name in one.ids}


@pytest.mark.parametrize("area", areas())
def test_every_name_that_an_area_reads_is_declared(area: str) -> None:
    said, words = names_said(area)
    declared = words | _ids(area)
    unknown = {name: where for name, where in read_in(area).items() if name not in declared | SHARED}
    assert unknown == {}, (
        f"tests/unit/desk/examples/{area}.py does not say what these are: an id belongs into SAID, by route, "
        "a word into WORDS; the first lines of this file show how"
    )
    text = source(area)
    assert {name for name in declared if name not in read_in(area) and f'"{name}"' not in text} == set()
    assert said.keys() <= {route.name for route in OWN if route.area == area}


@pytest.mark.parametrize("route", OWN, ids=str)
def test_what_a_page_reads_at_work_is_declared_for_it(route: Route, undone: World) -> None:
    """A name that the code makes up, or reads through another name, is seen when it is read."""
    if route.takes and not examples(route)[0]:
        pytest.skip("nothing says how to fill the address in; its own tests do")
    said, words = names_said(route.area)
    own = {name for one in said.get(route.name, ()) for name in one.ids}
    url = address(route, undone.own)
    actors = [one for one in undone.actors if route.public or one.scope.may(route.right or "")][:2]
    read = {name for actor in actors for method in METHODS for name in ask(actor, method, url).read}
    unsaid = {
        name for name in read - own - SHARED if name in _ids(route.area) or not _word(name, words, route)
    }
    assert unsaid == set(), f"{route.name} reads these: see the first lines of this file"


def _word(name: str, words: set[str], route: Route) -> bool:
    """A declared word, a name made of one and a number, or a field of a form whose names are known."""
    return name in words or name.rstrip("0123456789") in words or name in read_in(route.area)


@pytest.mark.parametrize(
    ("route", "one"), SAYING, ids=[f"{route.name}-{'-'.join(one.ids)}" for route, one in SAYING]
)
def test_an_id_from_beyond_reach_is_no_id(route: Route, one: Said, undone: World) -> None:
    nothing = from_nowhere(lambda here: _filled(one, here))
    wrong, heard, compared = [], False, 0
    for actor in undone.actors:
        if not actor.scope.may(route.right or ""):
            continue
        home, within, beyond = _sides(one, actor, undone)
        url = reverse(route.name, kwargs=one.at(home)) if one.at else address(route, home)
        nowhere = _said(actor, one, url, home, nothing)
        assert nowhere.status < 500
        told = nowhere.without(*nothing.values())
        if nowhere.written:
            wrong.append(f"{actor.label}: what does not exist writes {nowhere.written}")
        for place in beyond:
            given = _filled(one, place)
            there = _said(actor, one, url, home, given).without(*given.values(), *nothing.values())
            compared += 1
            if there != nowhere.without(*given.values(), *nothing.values()):
                wrong.append(
                    f"{actor.label}: {place.desa_code} answers {_brief(there)}, nothing {_brief(told)}"
                )
        for place in within:
            given = _filled(one, place)
            heard |= _said(actor, one, url, home, given).without(*given.values()) != told
    assert wrong == []
    assert heard, "an id within reach makes no difference to anybody: is the example real?"
    assert compared or one.whose == "regency", "nobody stands outside"


def _sides(one: Said, actor: Actor, world: World) -> tuple[Things, list[Things], list[Things]]:
    """The place in the address, the places whose ids this officer may say, and those that are beyond."""
    places = [world.own, world.sibling, world.elsewhere]
    if one.whose == "regency":
        return world.own, places, []
    within = [place for place in places if actor.reaches(place)]
    if one.whose == "address":
        home = within[0] if within else world.own
        return home, [home], [place for place in places if place is not home]
    return (within or places)[0], within, [place for place in places if place not in within]


def _filled(one: Said, here: Things) -> dict[str, Any]:
    with scoped(WHOLE):
        return {name: value(here) for name, value in one.ids.items()}


def _said(actor: Actor, one: Said, url: str, home: Things, ids: dict[str, Any]) -> Outcome:
    with scoped(WHOLE):
        more, rows = one.more(home), one.rows(home) if one.rows else None
    return say(actor, one.method, url, {**more, **ids}, rows)


def _brief(outcome: Outcome) -> str:
    return f"{outcome.status} {outcome.location} → {outcome.onward[0]}, wrote {outcome.written}"
