"""What is said on the pages of tour."""

from __future__ import annotations

#: An account of the demo; outside a demo the page is not there.
WORDS = {"username"}
