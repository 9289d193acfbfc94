"""The code on a card: sixteen signs that cannot be mistaken for one another, eighty bits of chance. Pure."""

from __future__ import annotations

import re
import secrets

#: Crockford's base 32: no I, L, O, U, so that no sign is read as another and no word is spelt.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4
#: What people write for a sign that is not among them.
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})


def fresh() -> str:
    """A new code. 16 × 5 bits from the system's own source of chance."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def meant(text: str) -> str:
    """What somebody typed, as a code would be written: capitals, no gaps, O and I as the digits they mean.

    Never refuses: what is no code is only one that no card has.
    """
    return re.sub(r"[\s\-–—.]", "", text[:64]).upper().translate(_MEANT)[:LENGTH]


def grouped(code: str) -> str:
    """As it is printed: ``7K3M-9QRT-2B4C-6DFG``."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def tail(code: str) -> str:
    """The last group: enough to tell cards of a list apart, of no use to anybody else."""
    return f"…{code[-GROUP:]}"
