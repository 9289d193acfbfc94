"""What heirs receive, bring and may refuse: every sum and paper from the law of the day. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from jaring.facts.reason import Confidence
from jaring.law.benefits import jkk
from jaring.law.dated import InForce, Law
from jaring.law.loader import LawError
from jaring.law.settings import LocalSetting
from jaring.law.wording import CONFIDENCE

#: Levels of school: what a reader calls them, and their value of the law.
_SCHOOL = (("TK dan SD", "tk_sd"), ("SMP", "smp"), ("SMA", "sma"), ("Kuliah atau pelatihan", "kuliah"))


@dataclass(frozen=True, slots=True)
class Line:
    """One sum: what it is for, how many rupiah, and how well it is known."""

    about: str
    idr: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything a leaflet and the page for heirs say. ``certain`` false: from secondary sources."""

    death: tuple[Line, ...]
    death_idr: int
    new_months: int
    new_idr: int
    new_certain: bool
    accident_idr: int
    accident_lines: tuple[Line, ...]
    school: tuple[tuple[str, int, int], ...]
    school_idr: int
    school_children: int
    school_months: int
    papers: tuple[str, ...]
    paid_within_days: int
    report_hours: int
    claim_years: int
    uncertain: tuple[str, ...]


def guide(on: dt.date, settings: Sequence[LocalSetting] = ()) -> Guide:
    """The guide under the law of one day."""
    law = Law(settings)

    def held(key: str) -> InForce:
        found = law.on(key, on)
        if found is None:
            raise LawError(f"{key} tidak berlaku pada {on}")
        return found

    def line(about: str, key: str) -> Line:
        one = held(key)
        return Line(about, one.value, _certain(one))

    death = (
        line("Santunan sekaligus", "jkm.sekaligus"),
        line("Santunan berkala, dibayar sekaligus", "jkm.berkala"),
        line("Biaya pemakaman", "jkm.pemakaman"),
    )
    accident = _accident(on, settings)
    school = tuple(
        (name, held(f"benefits.scholarship.{key}").value, held(f"benefits.scholarship.{key}_tahun").value)
        for name, key in _SCHOOL
    )
    children = held("benefits.scholarship.anak").value
    papers = held("benefits.claims.berkas_jkm")
    new = held("membership.santunan_peserta_baru")
    return Guide(
        death=death,
        death_idr=sum(one.idr for one in death),
        new_months=held("membership.bulan_penuh").value,
        new_idr=new.value,
        new_certain=_certain(new),
        accident_lines=accident,
        accident_idr=sum(one.idr for one in accident),
        school=school,
        school_idr=children * sum(yearly * years for _, yearly, years in school),
        school_children=children,
        school_months=held("benefits.scholarship.masa_iur_jkm").value,
        papers=tuple(papers.value),
        paid_within_days=held("benefits.claims.pembayaran_jkm").value,
        report_hours=held("benefits.claims.laporan").value,
        claim_years=held("benefits.claims.kedaluwarsa").value,
        uncertain=tuple(
            f"{one.about[0].lower()}{one.about[1:]}: {CONFIDENCE[one.dated.confidence]}"
            for one in (new, papers, held("benefits.scholarship.tk_sd"))
            if not _certain(one)
        ),
    )


def _accident(on: dt.date, settings: Sequence[LocalSetting]) -> tuple[Line, ...]:
    """A death at work under the lowest base of contribution: that of most whose contribution is paid."""
    case = pl.DataFrame({"happened_on": [on], "kind": ["bpu"], "outcome": ["meninggal"]})
    row = jkk.benefit(case, settings).row(0, named=True)
    certain = not row["warnings"]
    return (
        Line("Santunan kematian karena kecelakaan kerja", row["kematian_idr"], certain),
        Line("Santunan berkala, dibayar sekaligus", row["berkala_idr"], certain),
        Line("Biaya pemakaman", row["pemakaman_idr"], certain),
    )


def _certain(one: InForce) -> bool:
    confidence: Confidence = one.dated.confidence
    return confidence in {"regulation", "official"} and one.setting is None
