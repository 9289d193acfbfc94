"""How much a stranger's file may ask of this machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Every list of a regency of 1.4 million people met so far is far below these."""

    file_bytes: int = 20 * 1024 * 1024
    text_bytes: int = 100 * 1024 * 1024
    inflated_bytes: int = 200 * 1024 * 1024
    # Below this size a high ratio is what repeated headers and empty styled cells give.
    ratio_from_bytes: int = 2 * 1024 * 1024
    ratio: int = 100
    members: int = 1000
    sheets: int = 300
    rows: int = 200_000
    columns: int = 100
    text_rows: int = 1_100_000
    cell_characters: int = 32_767
    # Of the child that parses: address space, processor time, wall time.
    memory_bytes: int = 768 * 1024 * 1024
    cpu_seconds: int = 30
    wall_seconds: int = 45


LIMITS = Limits()
