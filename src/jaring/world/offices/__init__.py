"""The offices, one module each, found by listing: ``write(regency, inbox)`` writes what the office keeps."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from jaring.world.output import Inbox
from jaring.world.regency import Regency

Write = Callable[[Regency, Inbox], None]


def offices() -> dict[str, Write]:
    """Every office by its name, in order."""
    found = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").write for name in found}
