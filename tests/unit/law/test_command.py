"""The command ``jaring law``: values, changes and one case, for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jaring.cli import main

SETTING = """
- key: employers.ladder.hari_teguran
  value: kalender
  from: 2026-01-01
  by: Bagian Hukum
  reason: telaahan 1/2026
"""


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JARING_HOME", str(tmp_path))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["law", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_values_of_a_day_with_their_articles(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "values", "--on", "2019-12-01", "--only", "jkm.")
    assert code == 0
    assert "jkm.sekaligus" in out
    assert "Rp16.200.000" in out


def test_values_show_a_local_setting_where_it_acts(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "setelan.yaml").write_text(SETTING, encoding="utf-8")
    _, out, _ = run(capsys, "values", "--on", "2026-05-01", "--only", "employers.ladder.hari", "--json")
    (found,) = json.loads(out)
    assert found["value"] == "kalender"
    assert found["warning"] == "setelan-lokal:employers.ladder.hari_teguran"
    assert (found["setting"]["by"], found["setting"]["reason"]) == ("Bagian Hukum", "telaahan 1/2026")
    assert found["setting"]["date_from"] == "2026-01-01"


def test_a_setting_changes_the_step_of_a_case_and_says_so(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = ["explain", "--about", "employers.ladder", "--given", "day=2026-01-16"]
    case += ["--given", "violation=tidak_daftar", "--given", "warned_first_on=2026-01-05"]
    _, out, _ = run(capsys, *case, "--json")
    assert json.loads(out)["answer"]["tahap"] == "teguran_pertama"
    (office / "setelan.yaml").write_text(SETTING, encoding="utf-8")
    code, out, _ = run(capsys, *case)
    assert code == 0
    assert "teguran pertama lewat" in out
    assert "Setelan Bagian Hukum: telaahan 1/2026" in out


def test_a_benefit_is_explained_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    facts = ("happened_on=2026-05-10", "kind=bpu", "income_idr=900000", "outcome=meninggal")
    code, out, _ = run(
        capsys, "explain", "--about", "benefits.jkk", *(w for f in facts for w in ("--given", f))
    )
    assert code == 0
    assert "Rp48.000.000" in out
    assert "60 %: PP 82/2019 Lampiran III (secondary)" in out
    assert "Cacat total" not in out


def test_a_price_is_explained_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys,
        "explain",
        "--month",
        "2026-12",
        "--kind",
        "bpu",
        "--programmes",
        "jkk+jkm",
        "--source",
        "self",
    )
    assert code == 0
    assert "Rp8.400" in out


def test_a_case_that_the_law_refuses_exits_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys,
        "explain",
        "--about",
        "benefits.jkk",
        "--given",
        "happened_on=2026-05-10",
        "--given",
        "kind=jakon",
    )
    assert code == 1
    assert "jkk-dasar-jakon" in out


def test_changes_between_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "diff", "2026-12-31", "2027-01-01", "--only", "discount")
    assert code == 0
    assert "sesudah tidak berlaku" in out
    assert "1 nilai berubah" in out
    _, out, _ = run(capsys, "diff", "2026-12-31", "2027-01-01", "--only", "discount", "--json")
    (found,) = json.loads(out)
    assert (found["key"], found["after"], found["kinds"]) == ("discount.lainnya", None, ["bpu"])


@pytest.mark.parametrize(
    "words",
    [
        ("values", "--on", "kemarin"),
        ("diff", "2026-01-01", "besok"),
        ("explain", "--about", "benefits.tidak_ada"),
        ("explain", "--about", "benefits.jkk", "--given", "gaji=1"),
    ],
)
def test_what_cannot_be_read_is_refused(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, *words)
    assert code == 2
    assert err.startswith("Tidak dikerjakan")
