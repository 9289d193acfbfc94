"""The areas of the site, found by listing ``pages/``: their addresses, their menu, what waits in them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jaring.desk import pages
from jaring.officers.scope import Scope

Words = str | Promise


@dataclass(frozen=True)
class Item:
    """A line of the menu. ``order``: the order of the month, lists first, accounts last."""

    title: Words
    route: str
    right: str
    order: int
    #: Only for these roles, where a right alone is shared by too many.
    roles: frozenset[str] = frozenset()


#: Headings of a long menu, each for the items whose order is below its number.
_HEADINGS: tuple[tuple[int, Words], ...] = (
    (20, _("Hari ini")),
    (30, _("Daftar dan orang")),
    (38, _("Dana dan surat")),
    (60, _("Mutasi dan tagihan")),
    (100, _("Angka dan cetak")),
)
#: A menu of so many lines is read at a glance.
_SHORT = 8


@dataclass(frozen=True)
class Entry:
    """An item of the menu on the page that is drawn. ``current``: ``page``, ``true`` below it, or empty."""

    title: Words
    url: str
    current: str = ""


@dataclass(frozen=True)
class Section:
    """Items that belong together. ``title`` is empty where there is one section only."""

    title: Words
    entries: tuple[Entry, ...]

    @property
    def here(self) -> bool:
        return any(entry.current for entry in self.entries)


@dataclass(frozen=True)
class Todo:
    """Something that waits for this officer: counted, in a sentence, with the page that does it."""

    sentence: str
    url: str
    count: int
    urgent: bool = False


@cache
def areas() -> tuple[ModuleType, ...]:
    """Every package under ``pages/``, in the order of its name."""
    names = sorted(found.name for found in pkgutil.iter_modules(pages.__path__) if found.ispkg)
    return tuple(importlib.import_module(f"{pages.__name__}.{name}") for name in names)


def menu(scope: Scope) -> list[Item]:
    """The lines that this scope may open."""
    held = {grant.role for grant in scope.grants}
    items = [item for area in areas() for item in getattr(area, "MENU", ())]
    seen = [item for item in items if scope.may(item.right) and (not item.roles or held & item.roles)]
    return sorted(seen, key=lambda item: item.order)


def sections(scope: Scope, path: str) -> list[Section]:
    """The menu under its headings, with the one entry marked that the page at ``path`` belongs to."""
    items = [(item, reverse(item.route)) for item in menu(scope)]
    here = max((url for _item, url in items if path.startswith(url)), key=len, default="")
    marks = {here: "page" if path == here else "true"}
    entries = [(item.order, Entry(item.title, url, marks.get(url, ""))) for item, url in items]
    if len(entries) <= _SHORT:
        return [Section("", tuple(entry for _order, entry in entries))] if entries else []
    found, least = [], 0
    for below, title in _HEADINGS:
        part = tuple(entry for order, entry in entries if least <= order < below)
        found += [Section(title, part)] if part else []
        least = below
    return found


def todos(scope: Scope) -> list[Todo]:
    """What waits for this officer in any area; the urgent first."""
    found: list[Todo] = []
    for area in areas():
        ask: Callable[[Scope], Iterable[Todo]] | None = getattr(area, "todos", None)
        if ask is not None:
            found += [todo for todo in ask(scope) if todo.count]
    return sorted(found, key=lambda todo: not todo.urgent)
