"""One small world written to disk for the tests that open its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from jaring.world.making import make


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small world of seed 11."""
    out = tmp_path_factory.mktemp("world")
    make("lotim", 11, "small", out)
    return out
