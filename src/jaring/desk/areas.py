"""The areas of the site, found by listing ``pages/``: their addresses, their menu, what waits in them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from django.utils.functional import Promise

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


def todos(scope: Scope) -> list[Todo]:
    """What waits for this officer in any area; the urgent first."""
    found: list[Todo] = []
    for area in areas():
        ask: Callable[[Scope], Iterable[Todo]] | None = getattr(area, "todos", None)
        if ask is not None:
            found += [todo for todo in ask(scope) if todo.count]
    return sorted(found, key=lambda todo: not todo.urgent)
