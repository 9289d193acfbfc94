"""Files checked together come out as if each had been examined alone; one that is refused spoils no other."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import random
from dataclasses import replace
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal
from tests.unit.rosters.hostile import CORPUS
from tests.unit.rosters.samples import nik, text, workbook

from jaring.facts.reason import Refused
from jaring.rosters import portions, reading
from jaring.rosters.examination import Examination, Opened, checked, examine
from jaring.rosters.inbox import Item, items
from jaring.rosters.models import Roster

TODAY = dt.date(2026, 4, 1)
A, B = nik(1), nik(2, woman=True)


def _folder(root: Path) -> Path:
    """Lists that are alike and would spoil each other if rows of one were taken for rows of another."""
    head = ["NAMA", "NIK", "TGL LAHIR", "JABATAN"]
    for number, desa in enumerate(("Suela", "Aikmel", "Lenek"), start=1):
        (root / f"Desa {desa}").mkdir(parents=True)
        rows = [
            ["DATA PERANGKAT DESA " + desa.upper()],
            head,
            # The same NIK in every file: nobody's double. Two of one file are.
            ["AHMAD", A, "12-03-1980", "Kepala Desa"],
            ["SITI", B, "13-03-1980", "Kaur Keuangan"],
            *([["SITI", B, "13-03-1980", "Kader"]] if number == 2 else []),
            # Without NIK: the same person in two files is no double either.
            ["BAIQ", None, "14-05-1981", "Kader"],
            ["MAMIQ", "5203", "15-05-1981", "Linmas"],
        ]
        workbook(
            root / f"Desa {desa}" / "perangkat.xlsx",
            {"Perangkat": rows, "Kader": [head, ["INAQ", nik(50 + number), None, "Kader"]]},
        )
    # Of this one list alone the last digits are lost, and its dates are month first.
    lossy = [[f"ORANG {n}", nik(10 * n), f"{n % 12 + 1}/{13 + n}/1980", "Kader"] for n in range(1, 12)]
    text(root / "Desa Lenek" / "lain.csv", [head, *lossy])
    text(
        root / "Desa Lenek" / "lurus.csv",
        [head, *([f"ORANG {n}", nik(n), f"0{n}/0{n + 1}/1980", "Kader"] for n in range(1, 8))],
    )
    text(
        root / "Desa Lenek" / "suplemen.csv",
        [["Peserta", "Nama", "Keterangan"], [A, "AHMAD", "Marbot"], ["###", "", ""]],
    )
    text(
        root / "Desa Suela" / "dtsen.csv",
        [["NO KK", "NIK", "DESIL"], ["5203010101010001", A, 1], ["5203010101010001", B, 2]],
    )
    text(root / "Desa Suela" / "kosong.csv", [head])
    for place, (name, data, *_) in enumerate(CORPUS[key] for key in sorted(CORPUS)):
        (root / "Desa Suela" / f"{place}-{Path(name).name}").write_bytes(data)
    return root


def _maker(answers: Path | None = None, **more: object) -> portions.Maker:
    return portions.Maker(
        **{"taught": {}, "known": {}, "answers": answers, "today": TODAY, "region_key": "lotim", **more}
    )  # type: ignore[arg-type]


def _alone(item: Item) -> Examination | Refused:
    try:
        return examine(item.path, office=item.office, today=TODAY)
    except Refused as refused:
        return refused


def test_each_comes_out_as_if_alone(tmp_path: Path) -> None:
    found = items(_folder(tmp_path / "masuk"))
    made = [one for portion in portions.ahead(found, _maker()) for one in portion]
    assert [item for item, _ in made] == found
    lists = refusals = 0
    for item, outcome in made:
        alone = _alone(item)
        if isinstance(alone, Refused):
            assert isinstance(outcome, Refused), item.path.name
            assert outcome.reason == alone.reason
            refusals += 1
            continue
        assert isinstance(outcome, portions.Prepared), item.path.name
        assert_frame_equal(outcome.examination.rows, alone.rows)
        assert_frame_equal(outcome.examination.problems, alone.problems)
        assert outcome.examination.summary() == alone.summary()
        assert outcome.sealed.height == alone.rows.height
        lists += 1
    assert lists >= 7
    assert refusals >= len(CORPUS) // 2
    by_name = {item.path.name: one.examination for item, one in made if isinstance(one, portions.Prepared)}
    assert by_name["lain.csv"].accepted == 0, "the list whose last digits are lost"
    assert by_name["lurus.csv"].accepted == 7, "and not the one checked beside it"


def test_short_files_share_a_portion_and_long_ones_do_not(tmp_path: Path) -> None:
    for number in range(30):
        text(tmp_path / f"{number:02}.csv", [["NAMA", "NIK"], ["AHMAD", nik(number + 1)]])
    (tmp_path / "05a.csv").write_bytes(b"NAMA,NIK\n" + b"AHMAD,5203\n" * 30_000)
    sizes = [len(files) for _, files in portions._portions(items(tmp_path))]
    assert sizes == [6, 1, 24]


def test_known_and_repeated_files_are_told_and_only_held_ones_answered(tmp_path: Path) -> None:
    root, answers = tmp_path / "masuk", tmp_path / "jawab"
    (root / "X").mkdir(parents=True)
    for name in ("a.csv", "b.csv"):
        text(root / "X" / name, [["NAMA", "NIK"], ["AHMAD", "5203"]])
    text(root / "X" / "c.csv", [["NAMA", "NIK"], ["AHMAD", A]])
    text(root / "X" / "d.csv", [["NAMA", "NIK"], ["SITI", B]])
    known = Roster(office="X", sha256=hashlib.sha256((root / "X" / "d.csv").read_bytes()).hexdigest())
    maker = _maker(answers, known={(known.sha256, "X"): known})
    first, again, clean, before = (
        one for portion in portions.ahead(items(root), maker) for _, one in portion
    )
    assert isinstance(first, portions.Prepared)
    assert isinstance(again, Refused)
    assert again.reason.code == "berkas-berulang"
    assert isinstance(clean, portions.Prepared)
    assert before is known
    assert [path.name for path in (answers / "X").iterdir()] == ["a.xlsx"]


def test_a_file_that_vanishes_is_refused_alone(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        text(tmp_path / name, [["NAMA", "NIK"], [name, A]])
    found = items(tmp_path)
    (tmp_path / "a.csv").unlink()
    outcomes = [one for portion in portions.ahead(found, _maker()) for _, one in portion]
    assert isinstance(outcomes[0], Refused)
    assert outcomes[0].reason.code == "berkas-tidak-ada"
    assert isinstance(outcomes[1], portions.Prepared)


#: A column's head, and cells that say something, nothing, or nonsense.
_COLUMNS: dict[str, list[object]] = {
    "NIK": [A, B, nik(3), "5203", None, 5203015203800010, "-"],
    "NO KK": ["5203010101010001", None, "0", 5203010101010001],
    "TEMPAT LAHIR": ["Selong", None],
    "TGL LAHIR": ["12-03-1980", "3/25/1980", 29000, None, "-", "entah"],
    "TEMPAT TGL LAHIR": ["Selong, 12-03-1980", None, "Selong"],
    "JENIS KELAMIN": ["L", "P", None, "?", "-"],
    "NAMA IBU KANDUNG": ["INAQ SITI", None],
    "NO HP": ["0819-1234-5678", None, 81912345678],
    "ALAMAT": ["Dusun Barat", None],
    "DUSUN": ["Timur", None],
    "RT/RW": ["01/02", None],
    "RT": ["3", None],
    "DESA": ["Suela", "Aikmel", "Antah", None],
    "KECAMATAN": ["Suela", None, "Antah"],
    "JABATAN": ["Kader", "Kepala Desa", "Juru", None],
    "PEKERJAAN": ["Petani", "Nelayan", None],
    "UPAH": [2_500_000, "2.500.000", "x", None],
    "STATUS": ["Hidup", "Meninggal", "?", None],
    "DESIL": [1, "11", None],
    "KETERANGAN": ["baru", None],
}


@pytest.mark.parametrize("seed", range(6))
def test_lists_with_other_columns_come_out_as_if_alone(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for number in range(20):
        heads = ["NAMA", *(head for head in _COLUMNS if chance.random() < 0.5)]
        cells = {"NAMA": ["AHMAD", "SITI", "BAIQ", None], **_COLUMNS}
        rows = [[chance.choice(cells[head]) for head in heads] for _ in range(6)]
        workbook(tmp_path / f"{number}.xlsx", {"Daftar": [["DAFTAR"], heads, *rows, ["Kader"], *rows[:2]]})
    found = [replace(item, kind=("umum", "aparatur")[seed % 2]) for item in items(tmp_path)]
    maker = _maker()
    opened = []
    for item in found:
        with contextlib.suppress(Refused):
            opened.append((item, maker.open(item, reading.read(item.path))))
    groups: dict[object, list[tuple[Item, Opened]]] = {}
    for item, one in opened:
        groups.setdefault(one.likeness, []).append((item, one))
    assert max(map(len, groups.values())) > 1, "nothing would be tested"
    for group in groups.values():
        together = checked([one for _, one in group], today=TODAY)
        for (item, _), made in zip(group, together, strict=True):
            alone = examine(item.path, office=item.office, kind=item.kind, today=TODAY)
            assert_frame_equal(made.rows, alone.rows)
            assert_frame_equal(made.problems, alone.problems)
