"""The form of the law: three files a concept, all values cited, no number in Python, bad files refused."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest

from jaring.law import digest, in_force, loader, reasons
from jaring.law.dated import Law
from jaring.law.loader import ROOT, LawError
from jaring.law.settings import LocalSetting, parse
from jaring.law.units import written

FOLDERS = [ROOT.joinpath(*name.split(".")) for name in loader.names()]
#: Numbers that a rule may hold: none, one, all bits of arithmetic; never an amount, an age or a rate.
HARMLESS = {0, 1}
#: The place of someone of whom a fact is not known, 2**31 - 1; the months of a year.
ALLOWED = {("precedence", 2), ("precedence", 31), ("membership", 12)}

GOOD = """
title: Contoh
about: Contoh
values:
  iuran:
    about: Iuran contoh
    unit: {unit}
    dated:
      - {{from: 2015-07-01, to: 2019-12-01, value: {first}, article: Pasal 1, confidence: regulation}}
      - {{from: {second}, value: 2_000, article: Pasal 2, confidence: secondary}}
"""


def text(unit: str = "rupiah", first: str = "1_000", second: str = "2019-12-02") -> str:
    return GOOD.format(unit=unit, first=first, second=second)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(ROOT)))
def test_a_concept_is_values_rule_and_examples(folder: Path) -> None:
    files = {path.name for path in folder.iterdir() if path.is_file()}
    assert files == {"__init__.py", "values.yaml", "rule.py", "examples.yaml"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(ROOT)))
def test_no_python_of_a_concept_holds_a_legal_number(folder: Path) -> None:
    for path in (folder / "rule.py", folder / "__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        numbers = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, int | float)
            and not isinstance(node.value, bool)
        }
        extra = {number for number in numbers - HARMLESS if (folder.name, number) not in ALLOWED}
        assert not extra, f"{path.relative_to(ROOT)} holds {extra}"


def test_every_value_and_every_reason_cites() -> None:
    for name in loader.names():
        concept = loader.concept(name)
        for value in concept.values.values():
            assert value.dated, value.key
            assert all(dated.article.strip() and dated.confidence for dated in value.dated), value.key
        for one in concept.reasons.values():
            assert one.article.strip(), one.code
            assert one.mend or one.severity != "error", one.code


def test_an_official_page_is_named() -> None:
    every = loader.keys()
    for key in every:
        for dated in loader.value(key).dated:
            if dated.confidence == "official":
                assert dated.source, key


def test_every_code_has_one_meaning() -> None:
    assert len(reasons.catalogue()) > 25


def test_a_good_file_is_read_with_its_dates() -> None:
    value = loader.read(text(), "contoh", "contoh.yaml").values["iuran"]
    assert [(d.since, d.until, d.value) for d in value.dated] == [
        (dt.date(2015, 7, 1), dt.date(2019, 12, 1), 1000),
        (dt.date(2019, 12, 2), None, 2000),
    ]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (text(second="2019-12-01"), "bertindihan"),
        (text(second="bukan"), "bukan"),
        (text().replace("article: Pasal 1, ", ""), "article"),
        (text().replace(", confidence: secondary", ""), "confidence"),
        (text().replace("confidence: secondary", "confidence: mungkin"), "secondary"),
        (text().replace("title: Contoh", "title: Contoh\ntitle: Lagi"), "title"),
        (text(unit="persen", first="0.24"), "persen"),
        (text(unit="persen", first="0.00001 %"), "persen"),
        (text(unit="rupiah", first="0.5"), "0.5"),
        (text(unit="hektare"), "hektare"),
    ],
)
def test_a_file_that_cannot_be_relied_on_is_refused_by_name(body: str, complaint: str) -> None:
    with pytest.raises(LawError, match=r"contoh\.yaml") as caught:
        loader.read(body, "contoh", "contoh.yaml")
    assert complaint in str(caught.value)


def test_rates_become_whole_parts() -> None:
    assert in_force(dt.date(2026, 4, 1))["pu.jkk_very_low"].value == 240
    assert in_force(dt.date(2026, 4, 1))["pu.jkk_very_high"].value == 1740
    assert written(50_000, "persen") == "50 %"
    assert written(240, "persen") == "0,24 %"


def test_a_value_is_in_force_between_its_days() -> None:
    assert in_force(dt.date(2026, 2, 28))["pu.jp_upah_tertinggi"].value == 10_547_400
    assert in_force(dt.date(2026, 3, 1))["pu.jp_upah_tertinggi"].value == 11_086_300
    assert "discount.lainnya" not in in_force(dt.date(2027, 1, 1))
    assert "bpu.jkm" not in in_force(dt.date(2015, 6, 30))


def setting(key: str = "funding.dbhcht.usia_tertinggi", value: str = "64", **dates: dt.date) -> LocalSetting:
    since = dates.get("since", dt.date(2026, 1, 1))
    return LocalSetting(key, value, since, dates.get("until"), "Disnakertrans", "juknis 2026")


def test_a_local_setting_acts_in_its_time_and_says_so() -> None:
    one = setting(until=dt.date(2026, 12, 31))
    assert in_force(dt.date(2026, 6, 1), [one])[one.key].value == 64
    assert in_force(dt.date(2026, 6, 1), [one])[one.key].warning == f"setelan-lokal:{one.key}"
    assert in_force(dt.date(2027, 1, 1), [one])[one.key].value == 60
    assert in_force(dt.date(2027, 1, 1), [one])[one.key].warning == f"sekunder:{one.key}"


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ([setting("bpu.jkm", "5_000")], "sudah menetapkan"),
        ([setting("bpu.tidak_ada", "1")], "tidak dikenal"),
        ([setting(value="enam puluh")], "enam puluh"),
        ([setting(), setting(value="63")], "dua setelan"),
        ([setting("rounding.pembulatan", "genap")], "genap"),
    ],
)
def test_a_setting_that_cannot_stand_is_refused(wrong: list[LocalSetting], complaint: str) -> None:
    with pytest.raises(LawError, match=complaint):
        Law(wrong)


def test_settings_are_read_from_the_offices_file() -> None:
    found = parse(
        """
- key: membership.hitungan_diulang
  value: tidak
  from: 2026-01-01
  by: Disnakertrans
  reason: surat cabang 12/2026
"""
    )
    assert found == (
        LocalSetting(
            "membership.hitungan_diulang",
            "tidak",
            dt.date(2026, 1, 1),
            None,
            "Disnakertrans",
            "surat cabang 12/2026",
        ),
    )
    assert parse("") == ()
    with pytest.raises(LawError, match="setelan"):
        parse("- key: bpu.sela_golongan")


def test_the_digest_knows_the_settings() -> None:
    assert digest() == digest()
    assert digest([setting()]) != digest()


def test_a_warning_about_a_value_is_a_reason_too() -> None:
    found = reasons.reason("belum-pasti:membership.hitungan_diulang")
    assert (found.severity, found.confidence) == ("warning", "unknown")
    assert found.sentence.startswith("Apakah hitungan masa peserta baru diulang")
    with pytest.raises(LawError):
        reasons.reason("tidak-pernah-ada")


@pytest.mark.parametrize("text", ["", "\n", "# belum ada setelan\n\n  # key: jkm.sekaligus\n", "[]"])
def test_an_office_may_have_decided_nothing_yet(text: str) -> None:
    assert parse(text) == ()


def test_a_setting_that_lacks_a_line_is_told_where() -> None:
    text = "- key: employers.ladder.hari_teguran\n  value: kalender\n  from: 2026-01-01\n  reason: SK\n"
    with pytest.raises(LawError, match=r"setelan\.yaml, baris 1: 1\.by: tidak ada"):
        parse(text)
