"""UCJ: active participants over a named base, never a bare percentage; targets as published."""

from __future__ import annotations

import polars as pl

from jaring.facts.rupiah import RATE_PARTS, share
from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

#: Levels that have a published base and a published target.
LEVELS = ("nasional", "ntb", "lotim")


def tests(law: Law) -> list[Test]:
    """A percentage without a base is none."""
    return [
        Test("cakupan-tanpa-penyebut", pl.col("penyebut").is_null(), (Cite("ucj.penyebut_nasional"),)),
        Test("sasaran-lain-penyebut", pl.col("level") == "nasional", (Cite("ucj.sasaran_rpjmn"),)),
    ]


def steps(law: Law) -> list[Step]:
    """Base, coverage in parts of 100,000, target of the year, and how many are wanting."""
    level = pl.col("level")
    national, province = level == "nasional", level == "ntb"
    base = pl.when(national).then(law["ucj.penyebut_nasional"]).when(province).then(law["ucj.penyebut_ntb"])
    target = pl.when(national).then(law["ucj.sasaran_kemendagri"]).when(province).then(law["ucj.sasaran_ntb"])
    target = target.when(level == "lotim").then(law["ucj.sasaran_lotim"])
    own = pl.col("base").is_null()
    wanted = share(pl.col("penyebut"), pl.col("sasaran_bagian"), "up")
    return [
        Step(
            "penyebut",
            pl.coalesce("base", base),
            (Cite("ucj.penyebut_nasional", national & own), Cite("ucj.penyebut_ntb", province & own)),
            "Penyebut (pekerja)",
        ),
        Step("cakupan_bagian", pl.col("active") * RATE_PARTS // pl.col("penyebut"), (), "Cakupan"),
        Step(
            "sasaran_bagian",
            target,
            (
                Cite("ucj.sasaran_kemendagri", national),
                Cite("ucj.sasaran_ntb", province),
                Cite("ucj.sasaran_lotim", level == "lotim"),
            ),
            "Sasaran tahun itu",
        ),
        Step(
            "kurang_orang", pl.max_horizontal(wanted - pl.col("active"), 0), (), "Peserta yang masih kurang"
        ),
    ]
