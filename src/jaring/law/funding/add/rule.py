"""No ground of refusal of its own: the segments that it may pay for say all."""

from __future__ import annotations

from jaring.law.dated import Law
from jaring.law.steps import Test


def tests(law: Law) -> list[Test]:
    """None beyond those that every source shares."""
    return []
