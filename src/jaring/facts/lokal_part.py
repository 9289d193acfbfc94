"""Parts of the package lokal without its whole: the whole compiles hundreds of patterns at its start, half a
second of every command, for masking that nothing here uses."""

from __future__ import annotations

import sys
from importlib import import_module, util
from types import ModuleType


def lokal_part(name: str) -> ModuleType:
    """One module of lokal; the package around it is there, and its own start is left out."""
    if "lokal" not in sys.modules:
        spec = util.find_spec("lokal")
        if spec is None:
            raise ModuleNotFoundError("No module named 'lokal'", name="lokal")
        sys.modules["lokal"] = util.module_from_spec(spec)
    return import_module(f"lokal.{name}")
