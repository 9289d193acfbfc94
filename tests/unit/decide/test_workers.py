"""From rows of many lists to one worker: which list is believed, and what its words mean."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from jaring.decide.occupations import is_state_servant, segment
from jaring.decide.workers import build
from jaring.facts.month import Month

APRIL = Month(2026, 4)
ROW: dict[str, pl.DataType] = {
    "row_id": pl.Int64(),
    "person_id": pl.Int64(),
    "kind": pl.String(),
    "as_of": pl.Date(),
    "position": pl.String(),
    "segment": pl.String(),
    "occupation": pl.String(),
    "sector": pl.String(),
    "wage_idr": pl.Int64(),
    "income_idr": pl.Int64(),
    "land_m2": pl.Int64(),
    "desil": pl.Int64(),
    "npp": pl.String(),
    "status": pl.String(),
    "event_date": pl.Date(),
    "until": pl.Date(),
    "cover_segment": pl.String(),
    "cover_source": pl.String(),
}


def worker(
    *rows: dict[str, Any], born: dt.date | None = dt.date(1980, 4, 1), paid: Any = ()
) -> dict[str, Any]:
    """The worker that April 2026 sees in ``rows`` about person 7."""
    lines = [{"row_id": n, "person_id": 7, **row} for n, row in enumerate(rows, 1)]
    people = pl.DataFrame(
        [
            {
                "person_id": 7,
                "birth_date": born,
                "sex": "L",
                "desa_code": "52.03.01.2001",
                "kecamatan_code": "52.03.01",
            }
        ],
        schema_overrides={"birth_date": pl.Date()},
    )
    months = pl.DataFrame(
        [{"person_id": 7, "month": month, "source": source} for month, source in paid],
        schema={"person_id": pl.Int64(), "month": pl.Date(), "source": pl.String()},
    )
    made = build(APRIL, pl.DataFrame(lines, schema=ROW), people, months)
    assert made.height == 1
    return made.row(0, named=True)


def test_the_civil_registry_overrules_a_village_on_who_is_dead() -> None:
    seen = worker(
        {"kind": "penduduk", "status": "mati", "as_of": dt.date(2026, 3, 1)},
        {"kind": "dukcapil", "status": "hidup", "as_of": dt.date(2026, 1, 1)},
    )
    assert seen["alive"] is True


def test_a_death_after_the_month_is_not_yet_one_and_a_death_within_it_is() -> None:
    assert worker({"kind": "dukcapil", "status": "mati", "event_date": dt.date(2026, 5, 1)})["alive"] is True
    assert (
        worker({"kind": "dukcapil", "status": "mati", "event_date": dt.date(2026, 4, 30)})["alive"] is False
    )
    assert worker({"kind": "dukcapil", "status": "mati"})["alive"] is False


def test_a_removal_is_seen_and_names_the_row_it_comes_from() -> None:
    seen = worker({"kind": "petani"}, {"kind": "dukcapil", "status": "pindah", "as_of": dt.date(2026, 2, 1)})
    assert seen["moved"] is True
    assert seen["alive"] is True
    assert seen["facts_from"] == "status: dukcapil 2026-02-01, baris 2"


def test_only_the_insurers_newest_list_says_who_is_covered() -> None:
    old = {
        "kind": "peserta_aktif",
        "cover_segment": "bpu",
        "cover_source": "dbhcht",
        "as_of": dt.date(2025, 12, 1),
    }
    other = {"kind": "peserta_aktif", "person_id": 8, "cover_segment": "bpu", "as_of": dt.date(2026, 1, 31)}
    assert worker(old)["covered_by"] == "dbhcht"
    assert worker(old, other)["covered_by"] is None


def test_an_employers_number_makes_the_cover_one_of_wage_earners() -> None:
    seen = worker(
        {"kind": "peserta_aktif", "cover_segment": "Karyawan", "npp": "EE012345", "cover_source": "employer"}
    )
    assert (seen["covered_kind"], seen["covered_by"], seen["covered_segment"]) == (
        "pu",
        "employer",
        "Karyawan",
    )


def test_a_member_marked_as_inactive_is_not_covered() -> None:
    assert (
        worker({"kind": "peserta_aktif", "cover_segment": "bpu", "status": "nonaktif"})["covered_kind"]
        is None
    )


def test_the_newest_list_of_the_most_trusted_kind_gives_the_number() -> None:
    seen = worker(
        {"kind": "dtsen", "desil": 4, "as_of": dt.date(2025, 6, 1)},
        {"kind": "dtsen", "desil": 2, "as_of": dt.date(2025, 12, 31)},
        {"kind": "umum", "desil": 9, "as_of": dt.date(2026, 3, 1)},
        {"kind": "dtsen", "desil": 7, "as_of": dt.date(2026, 6, 1)},
    )
    assert seen["desil"] == 2
    assert seen["facts_from"] == "desil: dtsen 2025-12-31, baris 2"


def test_age_is_in_whole_years_on_the_first_day() -> None:
    assert worker({"kind": "petani"}, born=dt.date(1961, 4, 1))["age_years"] == 65
    assert worker({"kind": "petani"}, born=dt.date(1961, 4, 2))["age_years"] == 64
    assert worker({"kind": "petani"}, born=None)["age_years"] is None


def test_every_list_claims_and_a_register_claims_by_occupation() -> None:
    seen = worker(
        {"kind": "petani", "segment": "petani_tembakau"},
        {"kind": "aparatur", "segment": "perangkat_desa", "position": "Kaur Keuangan"},
        {"kind": "penduduk", "occupation": "NELAYAN/PERIKANAN"},
        {"kind": "umum", "occupation": "Pedagang"},
    )
    assert seen["segments"] == ["nelayan", "perangkat_desa", "petani_tembakau"]
    assert seen["occupations"] == ["nelayan/perikanan", "pedagang"]


def test_a_migrant_who_returned_is_home() -> None:
    assert worker({"kind": "pmi", "event_date": dt.date(2025, 3, 1)})["abroad"] is True
    assert worker({"kind": "pmi", "event_date": dt.date(2026, 5, 1)})["abroad"] is False
    assert worker({"kind": "pmi", "until": dt.date(2026, 3, 31)})["abroad"] is False
    assert worker({"kind": "pmi"}, {"kind": "pmi", "status": "pulang"})["abroad"] is False


def test_paid_months_before_this_one_are_remembered() -> None:
    seen = worker(
        {"kind": "petani"},
        paid=[(dt.date(2025, 12, 1), "dbhcht"), (dt.date(2025, 4, 1), "apbd"), (dt.date(2026, 4, 1), "csr")],
    )
    assert seen["member_since"] == dt.date(2025, 4, 1)
    assert (seen["last_paid_month"], seen["last_paid_by"]) == (dt.date(2025, 12, 1), "dbhcht")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("PEGAWAI NEGERI SIPIL (PNS)", True),
        ("Guru PPPK", True),
        ("TENTARA NASIONAL INDONESIA (TNI)", True),
        ("KEPOLISIAN RI (POLRI)", True),
        ("Honorer non ASN", False),
        ("Pensiunan PNS", False),
        ("PURNAWIRAWAN TNI", False),
        ("Istri PNS", False),
        ("PETANI/PEKEBUN", False),
    ],
)
def test_who_serves_the_state(words: str, expected: bool) -> None:
    assert pl.select(is_state_servant(pl.lit(words))).item() is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("PETANI/PEKEBUN", "lainnya"),
        ("BURUH NELAYAN/PERIKANAN", "nelayan"),
        ("KARYAWAN SWASTA", "pekerja_perusahaan"),
        ("KARYAWAN HONORER", "non_asn"),
        ("BELUM/TIDAK BEKERJA", None),
        ("MENGURUS RUMAH TANGGA", None),
        ("PELAJAR/MAHASISWA", None),
        ("PENSIUNAN", None),
        ("PEGAWAI NEGERI SIPIL (PNS)", None),
        ("", None),
    ],
)
def test_what_work_an_occupation_claims(words: str, expected: str | None) -> None:
    assert pl.select(segment(pl.lit(words))).item() == expected
