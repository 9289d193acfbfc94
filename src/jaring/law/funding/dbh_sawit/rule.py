"""DBH Sawit: only in regions that share in palm oil (PP 38/2023); Lombok Timur is none."""

from __future__ import annotations

from jaring.law.dated import Law
from jaring.law.steps import Cite, Test


def tests(law: Law) -> list[Test]:
    """A region without palm oil has no such money."""
    region = "funding.dbh_sawit.daerah_penghasil"
    return [Test("bukan-daerah-sawit", ~law[region], (Cite(region),))]
