"""Every address of the site, the officers who try it, and what stands in it: read by the walk."""

from __future__ import annotations

import importlib
import importlib.util
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader
from tests.acting import client_of, ready_officer, ready_session
from tests.unit.desk.things import KIND, Things

from jaring.desk import pages
from jaring.officers.models import Assignment, Officer
from jaring.officers.roles import ROLES, Persons, Reach
from jaring.officers.scope import Scope

Example = Callable[[Things], dict[str, Any]]
_PAGES = "jaring.desk.pages."
#: Differs from one drawing of the same page to the next; the address asked for, told back, tells nothing.
_ONCE = re.compile(
    rb'csrfmiddlewaretoken" value="\w+"|name="next" value="[^"]*"|nonce="[^"]+"|"X-CSRFToken": ?"\w+"'
    rb'|"token": "\w+"|name="key" value="[^"]*"'
)
_ASKED = re.compile(r"""\.get\(\s*"([a-z_-]+)\"""")
_FIELD = re.compile(r"^ +(\w+) = forms\.\w+Field", re.MULTILINE)


@dataclass(frozen=True)
class Route:
    """One address. ``area``: the folder under ``pages/`` that draws it, empty for other packages."""

    pattern: str
    name: str
    view: Any

    @property
    def area(self) -> str:
        module = str(self.view.__module__)
        return module.removeprefix(_PAGES).split(".")[0] if module.startswith(_PAGES) else ""

    @property
    def right(self) -> str | None:
        return getattr(self.view, "right", None)

    @property
    def public(self) -> str | None:
        return getattr(self.view, "public", None)

    @property
    def takes(self) -> bool:
        """Whether something stands in the address that the caller chooses."""
        return "<" in self.pattern

    @property
    def package(self) -> str:
        return str(self.view.__module__).split(".")[0]

    def __str__(self) -> str:
        return self.name or self.pattern


def routes() -> list[Route]:
    """What the resolver knows, in its order."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[Route]:
    for found in resolver.url_patterns:
        pattern = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield Route(pattern, space + (found.name or ""), found.callback)
        else:
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from _walk(found, pattern, inner)


def examples(route: Route) -> tuple[Example | None, bool]:
    """How to fill in the address, and whether what stands in it belongs to a desa."""
    module = f"tests.unit.desk.examples.{route.area}"
    if not route.area or importlib.util.find_spec(module) is None:
        return None, False
    own = importlib.import_module(module)
    within: dict[str, Example] = getattr(own, "WITHIN", {})
    everywhere: dict[str, Example] = getattr(own, "EVERYWHERE", {})
    assert not set(within) & set(everywhere), f"{module}: a route stands in both tables"
    if route.name in within:
        return within[route.name], True
    return everywhere.get(route.name), False


def address(route: Route, here: Things) -> str:
    example, _ = examples(route)
    return reverse(route.name, kwargs=example(here) if example and route.takes else None)


@dataclass(frozen=True)
class Actor:
    """Somebody at the door. ``officer`` None: nobody signed in."""

    label: str
    officer: Officer | None
    session: str
    scope: Scope

    def asks(self, method: str, url: str) -> HttpResponseBase:
        client = client_of(self.session)
        return client.generic(method, url, b"", content_type="application/x-www-form-urlencoded")

    def says(self, method: str, url: str, told: dict[str, Any], rows: Any = None) -> HttpResponseBase:
        """As ``asks``, with a form filled in or names behind the question mark, and maybe JSON."""
        client = client_of(self.session)
        if rows is not None:
            return client.post(f"{url}?{urlencode(told)}", rows, content_type="application/json")
        return client.post(url, told) if method == "POST" else client.get(url, told)

    def reaches(self, there: Things) -> bool:
        """Whether persons or lists of that place are theirs to see, said apart from ``Scope.narrow``."""
        return any(
            ROLES[grant.role].persons is not Persons.NONE
            and (bool(grant.desa & {"*", there.desa_code}) if not grant.kinds else KIND in grant.kinds)
            for grant in self.scope.grants
        )


def actors(own: str, sibling: str) -> list[Actor]:
    """Every role, at its own place and over the whole regency, two offices, and two without any right."""
    found = [Actor("anonymous", None, "", Scope())]
    for role in ROLES.values():
        if role.reach is Reach.DESA:
            found.append(_actor(role.code, "own desa", territory=[own]))
            found.append(_actor(role.code, "two desa", territory=[own, sibling]))
        elif role.reach is Reach.LIST:
            found += [_actor(role.code, kind, kinds=[kind]) for kind in (KIND, "umkm")]
        elif role.persons is Persons.REGISTER:
            found += [_actor(role.code, "regency"), _actor(role.code, "own kecamatan", territory=[own[:8]])]
        else:
            found.append(_actor(role.code, "office"))
    idle = _actor("pimpinan", "role taken away")
    assert idle.officer is not None
    Assignment.objects.filter(officer=idle.officer).delete()
    return [*found, Actor("without a role", idle.officer, idle.session, Scope())]


def _actor(role: str, label: str, **given: Any) -> Actor:
    from django.utils import timezone

    from jaring.officers.scope import of

    officer = ready_officer(f"{role}.{label.replace(' ', '-')}"[:60], role, **given)
    return Actor(f"{role} ({label})", officer, ready_session(officer), of(officer, timezone.localdate()))


def said(answer: HttpResponseBase) -> tuple[int, str, bytes]:
    """What an answer tells, without what differs each time."""
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return answer.status_code, answer.headers.get("Location", ""), _ONCE.sub(b"", body)


def words(answer: HttpResponseBase) -> str:
    """All that can be read in an answer: workbooks and archives unpacked, papers read."""
    return _readable(said(answer)[2])


def _readable(body: bytes) -> str:
    if body[:5] == b"%PDF-":
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
        return " ".join(text.split())
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(_readable(packed.read(name)) for name in packed.namelist())
    return body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Said:
    """What a form or the part behind the question mark names: an id, and what must be said with it.

    ``whose``: "desa", an object of a desa; "address", one that must belong to what stands in the address;
    "regency", one that every holder of the right may name. ``more`` is said of the place in the address;
    ``at`` fills the address in where the example of the route does not do; with ``rows`` the body is JSON and
    the id stands behind the question mark.
    """

    ids: dict[str, Callable[[Things], Any]]
    more: Example = lambda here: {}
    method: str = "POST"
    whose: str = "desa"
    at: Example | None = None
    rows: Callable[[Things], list[dict[str, Any]]] | None = None


def names_said(area: str) -> tuple[dict[str, tuple[Said, ...]], set[str]]:
    """``SAID`` of an area by route, and its ``WORDS``: names that are read and name no object."""
    module = f"tests.unit.desk.examples.{area}"
    own = importlib.import_module(module) if area and importlib.util.find_spec(module) else None
    return getattr(own, "SAID", {}), set(getattr(own, "WORDS", ()))


def filters(route: Route) -> set[str]:
    """Names that the area's code looks for behind the question mark, and the fields of its forms."""
    folder = Path(pages.__file__).parent / route.area
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return set(_ASKED.findall(source)) | set(_FIELD.findall(source))
