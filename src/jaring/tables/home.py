"""JARING_HOME: where this installation keeps its database, files and keys. Never the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The data folder: ``JARING_HOME``, or the per-user data folder of the operating system."""
    chosen = os.environ.get("JARING_HOME")
    path = Path(chosen) if chosen else Path(platformdirs.user_data_dir("jaring", appauthor=False))
    path = path.expanduser().resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def folder(name: str) -> Path:
    """A named folder inside the home, made when first asked for."""
    path = home() / name
    path.mkdir(parents=True, exist_ok=True)
    return path
