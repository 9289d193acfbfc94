"""Which names the pages of an area read from a form or from behind the question mark: read by the walk.

Twice, because neither way sees all: from the code (a branch that the walk never enters), and at work (a name
that the code makes up).
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from django.forms import BaseForm
from django.http import QueryDict

from jaring.desk import pages

_READERS = {"get", "getlist", "pop", "setdefault"}
_SENT = {"POST", "GET"}


def areas() -> list[str]:
    folder = Path(pages.__file__).parent
    return sorted(found.parent.name for found in folder.glob("*/urls.py"))


def source(area: str) -> str:
    folder = Path(pages.__file__).parent / area
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))


@cache
def read_in(area: str) -> dict[str, str]:
    """Name → the file that reads it, as the code says: ``request.POST.get("x")`` and the fields of forms."""
    folder = Path(pages.__file__).parent / area
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.py")):
        for name in _asked(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(name, path.name)
        module = importlib.import_module(f"{pages.__name__}.{area}.{path.stem}")
        for form in vars(module).values():
            if inspect.isclass(form) and issubclass(form, BaseForm):
                for name in getattr(form, "base_fields", {}):
                    found.setdefault(name, path.name)
    return found


def _asked(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=held, attr=verb), args=[ast.Constant(value=str(name)), *_]
            ):
                if verb in _READERS and _sent(held):
                    yield name
            case ast.Subscript(value=held, slice=ast.Constant(value=str(name))) if _sent(held):
                yield name
            case ast.Compare(
                left=ast.Constant(value=str(name)), ops=[ast.In() | ast.NotIn()], comparators=[held]
            ):
                if _sent(held):
                    yield name


def _sent(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in _SENT


@contextmanager
def recorded() -> Iterator[set[str]]:
    """Every name that is asked of what was sent while the block lasts."""
    seen: set[str] = set()

    def noting(verb: str):  # type: ignore[no-untyped-def]
        plain = getattr(QueryDict, verb)

        def noted(self: QueryDict, key: object, *args: object) -> object:
            if isinstance(key, str):
                seen.add(key)
            return plain(self, key, *args)

        return patch.object(QueryDict, verb, noted)

    with noting("__getitem__"), noting("get"), noting("getlist"), noting("__contains__"):
        yield seen
