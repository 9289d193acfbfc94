"""What is said on the pages of public."""

from __future__ import annotations

#: The code of a card is held by whoever asks; that a miss tells nothing is tried in test_public.py.
WORDS = {"code"}
