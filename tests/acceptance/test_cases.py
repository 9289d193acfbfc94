"""Acceptance cases 2 to 5: published figures and published rules reproduced (programme.md §0, §1.3, §1.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jaring.coverage.counting import count
from jaring.cycle.actions import run
from jaring.cycle.job import Job
from jaring.cycle.saving import measured
from jaring.decide import actions as decisions
from jaring.enrolment.blocked import gap
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.funding import register
from jaring.law import funding as law_funding
from jaring.law import price, reasons
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read
from jaring.world import papers
from jaring.world.cases import SEGMENTS_JUNE_2025, segments_june_2025

APRIL = Month(2026, 4)
#: Published: people, months April to December, rupiah. koranntb 2023-11-30; suarantb 2024-08-26;
#: info-denpasar 2025 (programme facts §1.4).
DBHCHT = {2023: (12_698, 1_919_937_600), 2024: (17_195, 2_599_884_000), 2025: (17_395, 2_630_124_000)}


# --- Case 2


@pytest.mark.parametrize("year", DBHCHT)
def test_the_three_dbhcht_budgets_are_people_by_nine_months_by_price(year: int) -> None:
    source = law_funding.source("dbhcht", Month(year, 4))
    months = [Month(year, source.first_month) + n for n in range(source.months)]
    assert (str(months[0]), str(months[-1]), len(months)) == (f"{year}-04", f"{year}-12", 9)
    case = {"kind": "bpu", "programmes": "jkk+jkm", "source": "dbhcht", "sector": "other"}
    prices = price.monthly(pl.DataFrame([{**case, "month": m.first} for m in months]))["iuran_idr"]
    people, published = DBHCHT[year]
    assert prices.to_list() == [16_800] * 9
    assert people * prices.sum() == published


def test_each_gap_opens_the_ten_million_window_for_two_months_if_the_count_restarts() -> None:
    """Paid April to December 2025 and 2026; one death in each month of 2026."""
    seasons = [m for year in (2025, 2026) for m in Month(year, 4).until(Month(year, 12))]
    deaths = pl.DataFrame({"person_id": list(range(4, 13)), "kind": ["bpu"] * 9}).with_columns(
        died_on=pl.date(2026, pl.col("person_id"), 20)
    )
    paid = deaths.select("person_id").join(pl.DataFrame({"month": [m.first for m in seasons]}), how="cross")
    restarts = "membership.hitungan_diulang"

    def benefits(*settings: LocalSetting) -> list[int]:
        lost = gap(paid, deaths, settings)
        assert lost["gap_months"].to_list() == [3] * 9
        assert lost["months_in_a_row"].to_list() == list(range(1, 10))
        return lost["jkm_benefit_idr"].to_list()

    def setting(value: str) -> LocalSetting:
        since = dt.date(2026, 1, 1)
        return LocalSetting(restarts, value, since, None, "Disnakertrans", "surat kantor cabang")

    # Died in April or May: the third month in a row was not paid yet.
    assert benefits(setting("ya")) == [10_000_000] * 2 + [42_000_000] * 7
    assert benefits(setting("tidak")) == [42_000_000] * 9
    # Nothing said: reckoned as a restart, with the warning that nobody has found the rule.
    assert benefits() == benefits(setting("ya"))
    assert reasons.reason(f"belum-pasti:{restarts}").confidence == "unknown"
    assert gap(paid, deaths)["lost_idr"].sum() == 2 * 32_000_000
    # A member of the first season alone had the same wait, and no gap to lose by.
    first = gap(paid.filter(pl.col("month") >= dt.date(2026, 4, 1)), deaths)
    assert first["gap_months"].to_list() == [0] * 9
    assert first["lost_idr"].sum() == 0


# --- Case 3


def test_the_segment_table_of_june_2025_is_counted_from_single_persons() -> None:
    """radarselaparang.com 2025-06: 13 rows, 32,613 workers; units without from 239 desa, 15 kelurahan."""
    rows = segments_june_2025(6)
    month = Month(2025, 6)
    people = rows.select("birth_date", "sex", "desa_code", "kecamatan_code", person_id="person")
    paid = rows.select("source", person_id="person", segment="label")
    counted = count(paid, people, month)

    def by(dimension: str) -> dict[str, int]:
        part = counted.filter(pl.col("dimension") == dimension)
        return dict(part.select("code", "people").iter_rows())

    assert by("segment") == {label: workers for label, _, _, workers in SEGMENTS_JUNE_2025}
    assert by("segment") == {
        **{"Honorer Pemda/SKPD/OPD": 4_321, "Guru honorer": 1_973, "Puskesmas": 2_395},
        **{"Perangkat desa": 3_559, "Perangkat kecamatan": 211, "Kantor lurah": 63, "BPD": 599},
        **{"Satlinmas desa": 1_690, "Satlinmas kelurahan": 93, "Staf/pekemit/operator": 162},
        **{"Kader posyandu": 99, "RT/RW": 53, "Pekerja rentan DBHCHT": 17_395},
    }
    assert by("regency") == {"semua": 32_613}
    assert sum(by("desa").values()) == sum(by("kecamatan").values()) == sum(by("sex").values()) == 32_613
    assert "tidak-diketahui" not in by("desa")
    assert by("source")["dbhcht"] == 17_395
    # By the law's segments, Satlinmas of desa and kelurahan are one.
    law = count(rows.select("segment", "source", person_id="person"), people, month)
    satlinmas = law.filter((pl.col("dimension") == "segment") & (pl.col("code") == "satlinmas"))
    assert satlinmas["people"].to_list() == [1_783]

    numbers = dict(rows.group_by("label").agg(pl.col("npp").drop_nulls().n_unique()).iter_rows())
    assert numbers["Guru honorer"] == 0
    published = {"Puskesmas": 33, "Perangkat desa": 239, "Perangkat kecamatan": 21, "Kantor lurah": 15}
    published |= {"Honorer Pemda/SKPD/OPD": 38, "BPD": 81, "Satlinmas desa": 155, "Satlinmas kelurahan": 9}
    published |= {"Staf/pekemit/operator": 38, "Kader posyandu": 2, "RT/RW": 2}
    assert {label: n for label, n in numbers.items() if n} == published

    units = dict(region("lotim").units["kind"].value_counts().iter_rows())
    assert (units["desa"], units["kelurahan"]) == (239, 15)
    have = dict(rows.group_by("label").agg(pl.col("unit_code").drop_nulls().n_unique()).iter_rows())
    without = {label: units["desa"] - have[label] for label in ("Perangkat desa", "BPD", "Satlinmas desa")}
    without |= {
        label: units["desa"] - have[label] for label in ("Staf/pekemit/operator", "Kader posyandu", "RT/RW")
    }
    without["Satlinmas kelurahan"] = units["kelurahan"] - have["Satlinmas kelurahan"]
    assert without == {
        **{"Perangkat desa": 0, "BPD": 158, "Satlinmas desa": 84, "Staf/pekemit/operator": 201},
        **{"Kader posyandu": 237, "RT/RW": 237, "Satlinmas kelurahan": 6},
    }


# --- Cases 4 and 5: one inbox of real files, worked by the stages of the month

KEUANGAN, SAHRUN, TANI = "5203010503859001", "5203020707809002", "5203020101849003"
OFFICIAL_DESA, FARMER_DESA = ("52.03.01.2001", "52.03.02.2001")


def _inbox(folder: Path) -> Path:
    """An official on the farmers' list, and a farmer who also teaches, trades and is poor: four lists."""
    units = dict(region("lotim").units.select("code", "name").iter_rows())
    kecamatan = dict(region("lotim").kecamatan.select("code", "name").iter_rows())
    places = {code: (units[code], kecamatan[code[:8]]) for code in (OFFICIAL_DESA, FARMER_DESA)}
    official, farmer = places[OFFICIAL_DESA], places[FARMER_DESA]
    lists: dict[str, tuple[str, str, list[str], list[tuple[str, ...]]]] = {
        "dpmd/aparatur.xlsx": (
            "aparatur",
            OFFICIAL_DESA,
            ["NAMA", "NIK", "TANGGAL LAHIR", "JABATAN", "PENGHASILAN TETAP", "DESA", "KECAMATAN"],
            [("LALU AHMAD YANI", KEUANGAN, "05-03-1985", "Kaur Keuangan", "2022200", *official)],
        ),
        "pertanian/petani.xlsx": (
            "petani",
            "",
            ["NAMA PETANI", "NIK", "TANGGAL LAHIR", "KOMODITAS", "LUAS LAHAN (HA)", "DESA/KEL", "KECAMATAN"],
            [
                ("Lalu Ahmad Yani", KEUANGAN, "05-03-1985", "Tembakau", "0.4", *official),
                ("SAHRUN HIDAYAT", SAHRUN, "07-07-1980", "Tembakau", "0.3", *farmer),
                ("MULIADI SAPUTRA", TANI, "01-01-1984", "Tembakau", "0.3", *farmer),
            ],
        ),
        "kesra/guru_ngaji.xlsx": (
            "keagamaan",
            "",
            ["NAMA", "NIK", "TANGGAL LAHIR", "TUGAS", "DESA", "KECAMATAN"],
            [("H. SAHRUN HIDAYAT", SAHRUN, "07-07-1980", "Guru Ngaji", *farmer)],
        ),
        "dinsos/dtsen.xlsx": (
            "dtsen",
            "",
            ["NO KK", "NIK", "NAMA", "TANGGAL LAHIR", "DESIL", "DESA", "KECAMATAN"],
            [("5203020101109002", SAHRUN, "SAHRUN HIDAYT", "07-07-1980", "1", *farmer)],
        ),
        "koperasi/umkm.xlsx": (
            "umkm",
            "",
            ["NAMA PELAKU USAHA", "NIK", "TANGGAL LAHIR", "JENIS USAHA", "DESA", "KECAMATAN"],
            # This office has no NIK of his; name, birth and desa still say who it is.
            [("Sahrun Hidayat", "", "07-07-1980", "Kios", *farmer)],
        ),
    }
    manifest = ["file,office,kind,desa_code,as_of"]
    for name, (kind, desa, header, rows) in lists.items():
        papers.book(folder / name, {"daftar": (header, rows)})
        manifest.append(f"{name},{name.split('/')[0]},{kind},{desa},2026-03-01")
    (folder / "manifest.csv").write_text("\n".join(manifest) + "\n", encoding="utf-8")
    header = ["KODE DANA", "SUMBER", "TAHUN", "PAGU", "BULAN MULAI", "BULAN SELESAI", "DOKUMEN", "KODE DESA"]
    span = ("2026-04", "2026-12")
    funds = [
        ("DBHCHT-2026", "dbhcht", "2026", "10000000", *span, "DPA 1", ""),
        ("APBD-2026", "apbd", "2026", "10000000", *span, "DPA 2", ""),
        ("ADD-2026", "add", "2026", "10000000", *span, "APBDes 1", OFFICIAL_DESA),
        ("DD-2026", "dana_desa", "2026", "10000000", *span, "APBDes 2", OFFICIAL_DESA),
    ]
    papers.book(folder / "anggaran" / "dpa_2026.xlsx", {"anggaran": (header, funds)})
    return folder


@pytest.fixture
def worked(own_database: str, django_db_blocker: Any, tmp_path: Path) -> Iterator[dict[str, dict[str, Any]]]:
    """What each stage counted, from the lists to the decree."""
    with django_db_blocker.unblock():
        job = Job(APRIL, region("lotim"), _inbox(tmp_path / "masuk"), tmp_path / "keluar", "staf", "kabid")
        yield {step.name: step.counts for step in run(job)}


def _person(name: str) -> int:
    found = read("SELECT id FROM people_person WHERE name ILIKE %s AND merged_into_id IS NULL", [f"%{name}%"])
    assert found.height == 1, "one person, or the lists made two of them"
    return int(found["id"][0])


def _asked(person: int, source: str) -> dict[str, Any]:
    workers = decisions.standing(APRIL).filter(pl.col("person_id") == person)
    return law_funding.lawful(workers, source).row(0, named=True)


def test_a_village_official_on_the_farmer_list_is_refused_there_and_paid_from_add(
    worked: dict[str, dict[str, Any]],
) -> None:
    person = _person("yani")
    asked = _asked(person, "dbhcht")
    assert (asked["allowed"], asked["reason"]) == (False, "dbhcht-perangkat-desa")
    reason = reasons.reason("dbhcht-perangkat-desa")
    assert reason.article
    assert "perangkat desa" in reason.sentence.lower()
    # A true farmer of the same list is paid there: it is the office that bars, not the list.
    assert _asked(_person("muliadi"), "dbhcht")["allowed"]

    asked = _asked(person, "dana_desa")
    assert (asked["allowed"], asked["reason"]) == (False, "dana-desa-dilarang")
    reason = reasons.reason("dana-desa-dilarang")
    assert (reason.article, reason.confidence) == ("Permendesa PDT 16/2025", "secondary")
    assert "ADD" in reason.mend

    award = register.awards(APRIL).filter(pl.col("person_id") == person)
    assert award.select("fund", "source", "segment", "kind").rows() == [
        ("ADD-2026", "add", "perangkat_desa", "pu")
    ]
    funds = {row["fund"]: row["committed_idr"] for row in register.funds().iter_rows(named=True)}
    assert (funds["ADD-2026"] > 0, funds["DD-2026"]) == (True, 0)
    # The farmers' money went to the two farmers alone, nine months each.
    assert funds["DBHCHT-2026"] == 2 * 9 * 16_800


def test_one_person_on_four_lists_has_one_payer_and_the_saved_rupiah_are_told(
    worked: dict[str, dict[str, Any]],
) -> None:
    assert (worked["receive"]["baris_masuk"], worked["receive"]["diterima"]) == (7, 7)
    person = _person("sahrun")
    links = read(
        """SELECT o.kind FROM people_link l JOIN rosters_row r ON r.id = l.row_id
             JOIN rosters_roster o ON o.id = r.roster_id WHERE l.person_id = %s ORDER BY 1""",
        [person],
    )
    assert links["kind"].to_list() == ["dtsen", "keagamaan", "petani", "umkm"]
    assert worked["decide"]["orang"] == 3
    award = register.awards(APRIL).filter(pl.col("person_id") == person)
    assert award.select("source", "price_idr").rows() == [("dbhcht", 16_800)]
    months = read("SELECT source FROM enrolment_personmonth WHERE person_id = %s", [person])
    assert months["source"].to_list() == ["dbhcht"] * 9

    told = measured(APRIL, ()).people.filter(pl.col("person_id") == person).row(0, named=True)
    # Four offices at Rp16,800 a month each; one of them pays.
    assert (told["claims"], told["claimed_idr"], told["payer"]) == (4, 67_200, "dbhcht")
    assert (told["kept_idr"], told["saved_idr"]) == (16_800, 50_400)
    assert worked["fund"]["diklaim_beberapa_daftar"] == 2
    assert worked["fund"]["tidak_dibayar_dua_kali_idr"] >= 50_400
