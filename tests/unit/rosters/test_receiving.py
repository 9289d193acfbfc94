"""Receiving: stored once, sealed, journalled, in one transaction, whole folders alike."""
# ruff: noqa: E501  a sample is read as a table, one row a line

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest
from django.db import IntegrityError
from polars.testing import assert_frame_equal
from tests.unit.rosters.hostile import CORPUS
from tests.unit.rosters.samples import nik, text, workbook

from jaring.facts.reason import Refused
from jaring.journal.models import Entry
from jaring.rosters import actions, frame, keeping
from jaring.rosters.models import Mapping, Problem, Roster, Row
from jaring.tables.frames import read

pytestmark = pytest.mark.django_db
A, B = nik(1), nik(2, woman=True)
ROWS = [
    ["NAMA", "NIK", "NO KK", "NO HP", "NAMA IBU KANDUNG", "TGL LAHIR", "DESA"],
    ["AHMAD", A, "5203010101010001", "+62 819-1234-5678", "INAQ AHMAD", "12-03-1980", "Suela"],
    ["SITI", B, "5203010101010001", None, "INAQ SITI", "13-03-1980", "Suela"],
    ["BAIQ", "52030", None, None, None, None, "Suela"],
]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return workbook(tmp_path / "petani.xlsx", {"S": ROWS})


def test_counts_rows_problems_and_journal(sample: Path) -> None:
    roster = actions.receive(
        sample, office="Dinas Pertanian", kind="petani", as_of=dt.date(2026, 3, 1), by="ani"
    )
    assert (roster.rows_in, roster.accepted, roster.quarantined, roster.kind) == (3, 2, 1, "petani")
    problems = Problem.objects.values_list("row__row_no", "code", "severity", "column")
    assert list(problems) == [
        (3, "nik-lahir-beda", "warning", "birth_date"),
        (4, "nik-pendek", "error", "nik"),
    ]
    entry = Entry.objects.order_by("seq").last()
    assert entry is not None
    assert (entry.action, entry.actor, entry.subject) == ("rosters.receive", "ani", roster.sha256)
    told = json.loads(bytes(entry.body))
    assert (told["rows_in"], told["problems"]) == (3, {"nik-lahir-beda": 1, "nik-pendek": 1})


def test_what_must_not_lie_open_is_sealed(sample: Path) -> None:
    roster = actions.receive(sample, office="Dinas Pertanian", by="ani")
    everything = read(
        "SELECT t::text AS line FROM rosters_row t UNION ALL SELECT p::text FROM rosters_problem p"
    )["line"]
    for hidden in (A, B, "52030", "5203010101010001", "08191234", "INAQ"):
        assert not everything.str.contains(hidden, literal=True).any(), "found in clear"
    assert sample.read_bytes() == keeping.kept(roster.sha256)
    from jaring.tables.home import folder

    assert b"AHMAD" not in (folder("files") / roster.sha256).read_bytes()


def test_accepted_rows_come_back_opened(sample: Path) -> None:
    roster = actions.receive(
        sample, office="Dinas Pertanian", kind="petani", as_of=dt.date(2026, 3, 1), by="ani"
    )
    rows = frame.accepted()
    assert rows.columns[:5] == ["row_id", "roster_id", "kind", "office", "as_of"]
    assert rows.select("nik", "nik_raw", "no_kk", "phone", "mother_name", "birth_date", "desa_code", "kind").row(0) == (
        A, A, "5203010101010001", "081912345678", "INAQ AHMAD", dt.date(1980, 3, 12), "52.03.16.2004", "petani")  # fmt: skip
    assert rows["nik"].to_list() == [A, B], "the row held back is not among them"
    assert frame.accepted([roster.id]).height == 2
    assert frame.accepted([-1]).height == 0
    assert frame.accepted(unlinked_only=True).height == 2
    assert frame.accepted(kinds=["proyek"]).height == 0


def test_only_what_is_asked_for_is_read_and_opened(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.receive(sample, office="Dinas Pertanian", by="ani")
    whole = frame.accepted()
    for few in (["birth_date", "name"], ["phone", "nik"], ["sheet", "nik_raw"], []):
        named = [
            name for name in whole.columns if name in {"row_id", "roster_id", "kind", "office", "as_of", *few}
        ]
        assert_frame_equal(frame.accepted(columns=few), whole.select(named))
    with pytest.raises(ValueError, match="do not have"):
        frame.accepted(columns=["nama"])

    def refuse_to_open(_rows: object) -> None:
        raise AssertionError("opened what nobody asked for")

    monkeypatch.setattr(frame, "unseal", refuse_to_open)
    assert frame.accepted(columns=["name"])["name"].to_list() == ["AHMAD", "SITI"]


def test_the_same_file_again_changes_nothing(sample: Path) -> None:
    first = actions.receive(sample, office="Dinas Pertanian", by="ani")
    entries = Entry.objects.count()
    assert actions.receive(sample, office="Dinas Pertanian", by="budi").id == first.id
    assert (Roster.objects.count(), Row.objects.count(), Entry.objects.count()) == (1, 3, entries)
    assert actions.receive(sample, office="Desa Suela", by="ani").id != first.id, (
        "another office's list is its own"
    )


def test_an_answer_is_written_also_for_a_file_known_already(sample: Path, tmp_path: Path) -> None:
    actions.receive(sample, office="Dinas Pertanian", by="ani")
    actions.receive(sample, office="Dinas Pertanian", by="ani", answer_to=tmp_path / "jawab.xlsx")
    page = list(openpyxl.load_workbook(tmp_path / "jawab.xlsx")["S"].iter_rows(values_only=True))
    assert [row[7] for row in page[1:]] == ["DITERIMA", "DITERIMA, ADA CATATAN", "DITAHAN"]
    assert Roster.objects.count() == 1


def test_a_refused_file_stores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(CORPUS["billion laughs"][1])
    with pytest.raises(Refused, match="dtd"):
        actions.receive(path, office="X", by="ani")
    assert (Roster.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_store_that_breaks_leaves_no_half_list(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **facts: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(actions, "record_each", broken)
    with pytest.raises(RuntimeError, match="power cut"):
        actions.receive(sample, office="Dinas Pertanian", by="ani")
    monkeypatch.undo()
    assert (Roster.objects.count(), Row.objects.count(), Problem.objects.count()) == (0, 0, 0)
    assert actions.receive(sample, office="Dinas Pertanian", by="ani").rows_in == 3


def test_the_database_refuses_counts_that_do_not_add_up(sample: Path) -> None:
    roster = actions.receive(sample, office="Dinas Pertanian", by="ani")
    roster.accepted += 1
    with pytest.raises(IntegrityError):
        roster.save()


def test_a_long_list_is_sealed_in_parts_and_each_problem_stands_at_its_row(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a list of more rows than are sealed at a time, then nothing of it is lost or moved."""
    monkeypatch.setattr(actions, "_PART", 2)
    rows = [["NAMA", "NIK", "DESA"]]
    rows += [["WARGA", nik(n) if n != 6 else "52030", "Suela"] for n in range(1, 8)]
    path = workbook(sample.with_name("panjang.xlsx"), {"S": rows})
    roster = actions.receive(path, office="Dinas Pertanian", kind="petani", by="ani")
    assert (roster.rows_in, roster.accepted) == (7, 6)
    assert list(Problem.objects.values_list("row__row_no", "code")) == [(7, "nik-pendek")]
    said = frame.accepted(columns=["row_no", "nik"])
    assert list(said.select("row_no", "nik").iter_rows()) == [(n + 1, nik(n)) for n in range(1, 8) if n != 6]


def test_what_an_office_teaches_is_used_from_then_on(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", [["NAMA", "NIK", "Kode Unik"], ["AHMAD", A, "LL1"]])
    actions.learn("Desa Suela", {"Kode  Unik": "npp"}, by="ani")
    actions.learn("Desa Suela", {"KODE UNIK": "npp"}, by="ani")
    assert Mapping.objects.count() == 1
    actions.receive(path, office="Desa Suela", by="ani")
    assert frame.accepted()["npp"].to_list() == ["LL1"]
    with pytest.raises(Refused, match="kolom-tak-dikenal"):
        actions.learn("Desa Suela", {"X": "bukan_kolom"}, by="ani")


def _inbox(root: Path) -> Path:
    for office in ("desa-suela", "dinas"):
        (root / office).mkdir(parents=True)
    workbook(
        root / "desa-suela" / "aparatur.xlsx", {"S": [["NAMA", "NIK", "JABATAN"], ["AHMAD", A, "Kades"]]}
    )
    text(root / "dinas" / "petani.csv", [["NAMA PETANI", "NIK", "LUAS LAHAN (HA)"], ["SITI", B, "0,5"]])
    (root / "dinas" / "rusak.xlsx").write_bytes(b"PK\x03\x04 rusak")
    (root / "dinas" / "~$petani.xlsx").write_bytes(b"lock")
    (root / "manifest.csv").write_text(
        "file,office,kind,desa_code,as_of\ndesa-suela/aparatur.xlsx,Pemdes Suela,aparatur,52.03.16.2004,2026-03-01\n",
        "utf-8",
    )
    return root


def test_a_folder_with_a_manifest_and_a_broken_file(tmp_path: Path) -> None:
    told: list[str] = []
    rosters = actions.receive_folder(
        _inbox(tmp_path / "inbox"), by="ani", progress=lambda done, count, line: told.append(line)
    )
    assert [(r.office, r.kind, r.rows_in) for r in rosters] == [
        ("Pemdes Suela", "aparatur", 1),
        ("dinas", "petani", 1),
    ]
    assert rosters[0].as_of == dt.date(2026, 3, 1)
    assert frame.accepted([rosters[0].id])["desa_code"].to_list() == ["52.03.16.2004"]
    assert len(told) == 3
    assert "rusak.xlsx: tidak dibaca [berkas-rusak]" in told[2]
    assert all(A not in line and B not in line for line in told)


def test_a_folder_received_twice_or_after_a_break_is_stored_once(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path / "inbox")
    actions.receive(inbox / "dinas" / "petani.csv", office="dinas", by="ani")
    first = actions.receive_folder(inbox, by="ani")
    again = actions.receive_folder(inbox, by="ani")
    assert [r.id for r in first] == [r.id for r in again]
    assert Row.objects.count() == 2


def test_a_manifest_that_points_outside_is_refused(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path / "inbox")
    text(tmp_path / "luar.csv", [["NAMA", "NIK"]])
    (inbox / "manifest.csv").write_text("file,office\n../luar.csv,X\n", "utf-8")
    with pytest.raises(Refused, match="manifest-keliru"):
        actions.receive_folder(inbox, by="ani")
