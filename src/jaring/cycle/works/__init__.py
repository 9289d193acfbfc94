"""The kinds of background work, found by listing this folder.

A kind is a module with ``TITLE`` (what a reader sees) and ``run(arguments, progress)``, which returns
counts and keys as a dict. It is safe to repeat: a worker killed in the middle is followed by another
that starts the kind anew. Arguments and results carry no personal data.

It may have ``right(arguments)``: what its officer must still be allowed when it begins, for an hour may
lie between asking and doing.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Protocol

#: (done, of, a sentence)
Progress = Callable[[int, int, str], None]
#: A right, and the desa in which it must hold; None = anywhere.
Right = tuple[str, str | None]


class Kind(Protocol):
    """What a module of this folder offers."""

    TITLE: str

    def run(self, arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]: ...


@cache
def kinds() -> dict[str, Any]:
    """Name of the module → the module, which fulfils ``Kind``."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}
