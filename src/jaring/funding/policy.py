"""States of a proposal and of an award, as tables. The pictures in the docs are drawn from them."""

from __future__ import annotations

#: proposed: made, waiting for a second person · approved: the money is committed · replaced: another
#: proposal for the same month was made from newer inputs before this one was approved · refused: sent
#: back by a checker with a reason · withdrawn: taken back by its maker with a reason.
PROPOSAL: dict[str, tuple[str, ...]] = {
    "proposed": ("approved", "replaced", "refused", "withdrawn"),
    "approved": (),
    "replaced": (),
    "refused": (),
    "withdrawn": (),
}

#: draft: of a proposal not yet approved · active: committed · stopped: released before its first month.
AWARD: dict[str, tuple[str, ...]] = {
    "draft": ("active",),
    "active": ("stopped",),
    "stopped": (),
}


def may(table: dict[str, tuple[str, ...]], old: str, new: str) -> bool:
    """Whether the table lets ``old`` become ``new``."""
    return new in table[old]
