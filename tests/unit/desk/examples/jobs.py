"""What is said on the pages of jobs."""

from __future__ import annotations

WORDS = {"lanjut"}
