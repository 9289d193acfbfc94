"""Any other list: NIK and name are enough."""

from __future__ import annotations

from jaring.rosters.formats import Format

FORMAT = Format(kind="umum", label="Daftar umum")
