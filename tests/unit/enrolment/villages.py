"""A desa with officials, a budget of its own and a bill that it may leave unpaid."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from tests.unit.enrolment.offices import accepted, bill, delivered, made_up, sealed

from jaring.decide.models import Decision
from jaring.enrolment import actions
from jaring.facts.month import Month
from jaring.funding import actions as funding
from jaring.world import papers

DESA, OTHER, KELURAHAN = "52.03.01.2001", "52.03.01.2002", "52.03.07.1001"
APRIL = Month(2026, 4)
PRICE = 16_800
#: 9.24 % of the base of 2,022,200 (JKK 4,853; JKM 6,067; JHT 115,265; JP 60,666), twelve times.
OFFICIAL_YEAR = 12 * 186_851


def villagers(count: int, desa: str = DESA, first: int = 1) -> pl.DataFrame:
    """People of the register who live in ``desa``."""
    return sealed(made_up(count, first).with_columns(desa_code=pl.lit(desa)))


def officials(people: pl.DataFrame, month: Month = APRIL, segment: str = "perangkat_desa") -> None:
    """Decided on as village officials with the four programmes, as the law room would have it."""
    for person, desa in people.select("person_id", "desa_code").iter_rows():
        Decision.objects.create(
            person_id=person,
            month=month.first,
            version=1,
            law_digest="0" * 64,
            desa_code=desa,
            kecamatan_code=desa[:8],
            alive=True,
            moved=False,
            asn=False,
            abroad=False,
            segments=[segment],
            occupations=[],
            facts_from="uji",
            eligible=True,
            reasons=[],
            carried_on=False,
            segment=segment,
            kind="pu",
            programmes="jkk+jkm+jht+jp",
            sector="other",
            wage_base_idr=2_022_200,
            risk_used="very_low",
            articles="",
            warnings="",
        )


def budget(folder: Path, desa: str, idr: int) -> None:
    """ADD of one desa for the whole of 2026, through the room's own door."""
    header = ["KODE DANA", "KODE DESA", "SUMBER", "TAHUN", "PAGU", "BULAN MULAI", "BULAN SELESAI", "DOKUMEN"]
    code = "ADD-" + desa.replace(".", "")
    row = (code, desa, "add", "2026", str(idr), "2026-01", "2026-12", "APB Desa 2026")
    path = folder / f"add-{desa}.xlsx"
    papers.book(path, {"anggaran": (header, [row])})
    funding.load_budgets(path, by="anggaran")


def enrolled(folder: Path, people: pl.DataFrame, months: int = 9) -> None:
    """Awarded from the desa's ADD, decreed, sent and accepted from April on."""
    count = people.height
    candidates = people.select("person_id", "desa_code").with_columns(
        rank=pl.int_range(1, count + 1),
        already_source=pl.lit(None, pl.String),
        source=pl.lit("add"),
        segment=pl.lit("perangkat_desa"),
        kind=pl.lit("bpu"),
        programmes=pl.lit("jkk+jkm"),
        base_idr=pl.lit(1_000_000),
        prices_idr=pl.Series([[PRICE] * months] * count),
    )
    funding.approve(funding.propose(APRIL, candidates, by="pengusul"), by="sekda")
    draft = actions.decree(APRIL, by="staf")
    assert draft is not None
    actions.approve_decree(draft, by="bupati", date=APRIL.first)
    accepted(delivered(APRIL, folder / "keluar"), folder / "masuk", APRIL)


def billed(folder: Path, people: int, desa: str = DESA) -> None:
    """The insurer's bill for April, which agrees with the list."""
    bill(folder / "masuk" / "tagihan-4.xlsx", [("T4", f"SD-ADD-{desa}", "2026-04", people, PRICE)])
    assert actions.read_bills(folder / "masuk", by="staf")["matched"] == 1
