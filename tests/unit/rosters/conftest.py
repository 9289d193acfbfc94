"""Checks one invented list the way the door does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jaring.rosters.examination import Examination, examine

TODAY = dt.date(2026, 4, 1)


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., Examination]:
    """``checked(write, "name.xlsx", content, **told)``: write the sample, then examine it."""

    def check(
        write: Callable[..., Path],
        name: str,
        content: Any,
        office: str = "",
        kind: str | None = None,
        **more: Any,
    ) -> Examination:
        path = write(tmp_path / name, content, **more)
        return examine(path, office=office, kind=kind, today=TODAY)

    return check
