"""The stand-in insurer and treasury: control totals, refusals by the truth, trouble, and idempotence."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import polars as pl
import pytest

from jaring.world import insurer, papers, treasury
from jaring.world.commands import main

_BASE, _IURAN = 1_000_000, 16_800


def _batch(
    outbox: Path,
    number: str,
    people: pl.DataFrame,
    *,
    wadah: str = "SG-01",
    month: str = "2026-04",
    iuran: int = _IURAN,
) -> Path:
    rows = [
        (
            str(uuid.uuid5(uuid.NAMESPACE_OID, f"{number}/{n}")),
            nik,
            name,
            born.strftime("%d-%m-%Y"),
            "L",
            "",
            "",
            "jkk+jkm",
            str(_BASE),
            str(iuran),
            month,
            "TAMBAH",
        )
        for n, (nik, name, born) in enumerate(people.select("nik", "name", "birth_date").iter_rows())
    ]
    path = outbox / f"batch-{number}.xlsx"
    control = (number, wadah, "Uji", "dbhcht", month, str(len(rows)), str(len(rows) * iuran))
    papers.book(path, {"peserta": (papers.PERSONS, rows), "kendali": (papers.BATCH, [control])})
    return path


def _people(written: Path) -> pl.DataFrame:
    return pl.read_parquet(written / "truth" / "people.parquet")


def _good(people: pl.DataFrame, count: int, start: int = 0) -> pl.DataFrame:
    fine = pl.col("worker") & (pl.col("status") == "hidup") & pl.col("age").is_between(20, 60)
    return people.filter(fine & pl.col("cover_kind").is_null()).slice(start, count)


def _answers(folder: Path) -> pl.DataFrame:
    files = sorted(folder.glob("jawaban-*.xlsx"))
    return pl.concat(
        [papers.table(f, "jawaban", papers.ANSWER).with_columns(file=pl.lit(f.name)) for f in files]
    )


def test_each_refusal_by_its_truth(written: Path, tmp_path: Path) -> None:
    people = _people(written)
    good = _good(people, 2)
    dead = people.filter((pl.col("status") == "mati") & (pl.col("age") < 60)).head(1)
    old = people.filter((pl.col("age") > 66) & (pl.col("status") == "hidup")).head(1)
    alive = (pl.col("status") == "hidup") & (pl.col("age") < 60)
    employed = people.filter(
        (pl.col("cover_source") == "employer") & (pl.col("cover_kind") == "pu") & alive
    ).head(1)
    own = people.filter((pl.col("cover_kind") == "bpu") & alive).head(1)
    stranger = good.tail(1).with_columns(name=pl.lit("ZZXY QWVU"), nik=pl.col("nik"))
    unknown = good.head(1).with_columns(nik=pl.lit("5203010101809999"))
    wrong = good.head(1).with_columns(nik=pl.lit("520301"))
    lines = pl.concat([good.head(1), dead, old, employed, own, stranger, unknown, wrong, good.head(1)])
    _batch(tmp_path / "out", "8", lines)
    done = insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    assert [p.name for p in done.answers] == ["jawaban-8.xlsx"]
    codes = _answers(tmp_path / "in")["KODE"].to_list()
    assert codes[1:] == [
        "MENINGGAL",
        "USIA",
        "SUDAH-PU",
        "SUDAH-BPU",
        "DATA-BEDA",
        "NIK-TIDAK-SAH",
        "NIK-TIDAK-SAH",
        "GANDA",
    ]
    assert codes[0] is None
    totals = papers.table(tmp_path / "in" / "jawaban-8.xlsx", "kendali", papers.ANSWER_TOTALS).row(0)
    assert totals == ("8", "9", "1", "8", "0")


def test_lists_spell_names_in_their_own_way_and_are_accepted(written: Path, tmp_path: Path) -> None:
    people = _people(written)
    titled = people.filter(
        pl.col("name").str.contains("^(LALU|BAIQ|MUHAMMAD) .* ") & pl.col("cover_kind").is_null()
    )
    some = _good(titled, 20).with_columns(
        name=pl.concat_str(
            pl.lit("H. "),
            pl.col("name")
            .str.replace("^LALU ", "L. ")
            .str.replace("^BAIQ ", "BQ. ")
            .str.replace("^MUHAMMAD ", "M. "),
            pl.lit(", S.Pd"),
        )
    )
    _batch(tmp_path / "out", "1", some)
    insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    assert (_answers(tmp_path / "in")["STATUS"] == "DITERIMA").sum() >= 19


def test_a_bill_is_the_sum_of_what_was_accepted(written: Path, tmp_path: Path) -> None:
    people = _people(written)
    _batch(tmp_path / "out", "1", _good(people, 60))
    _batch(tmp_path / "out", "2", _good(people, 40, 60), wadah="SB-01", iuran=8_400)
    insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    answers = _answers(tmp_path / "in")
    accepted = (
        answers.filter(pl.col("STATUS") == "DITERIMA").group_by("file").len().sort("file")["len"].to_list()
    )
    bills = papers.table(tmp_path / "in" / "tagihan-2026-04.xlsx", "tagihan", papers.BILL).sort(
        "WADAH", descending=True
    )
    assert [int(n) for n in bills["JUMLAH ORANG"]] == accepted
    assert [int(n) for n in bills["TOTAL"]] == [accepted[0] * 16_800, accepted[1] * 8_400]
    assert [int(n) for n in bills["JKM"]] == [accepted[0] * 6_800, accepted[1] * 3_400]
    assert [int(n) for n in bills["JKK"]] == [accepted[0] * 10_000, accepted[1] * 5_000]


def test_again_changes_nothing(written: Path, tmp_path: Path) -> None:
    _batch(tmp_path / "out", "1", _good(_people(written), 30))
    insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    before = {p.name: p.read_bytes() for p in (tmp_path / "in").iterdir()}
    done = insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    assert (done.answers, done.bills) == ([], [])
    assert {p.name: p.read_bytes() for p in (tmp_path / "in").iterdir()} == before


def test_partial_then_the_rest_then_the_bill(written: Path, tmp_path: Path) -> None:
    _batch(tmp_path / "out", "1", _good(_people(written), 40))
    first = insurer.answer(
        tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth", trouble=("partial",)
    )
    waiting = (_answers(tmp_path / "in")["STATUS"] == "DITUNDA").sum()
    assert 4 <= waiting <= 20
    assert first.bills == []  # a wadah is billed when nothing of it is open
    second = insurer.answer(
        tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth", trouble=("partial",)
    )
    assert len(papers.table(second.answers[0], "jawaban", papers.ANSWER)) == waiting
    final = _answers(tmp_path / "in").filter(pl.col("STATUS") != "DITUNDA")
    assert final["REFERENSI"].n_unique() == final.height == 40
    assert len(second.bills) == 1


def test_late_means_nothing_now_and_everything_later(written: Path, tmp_path: Path) -> None:
    _batch(tmp_path / "out", "1", _good(_people(written), 10))
    first = insurer.answer(
        tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth", trouble=("late",)
    )
    assert (first.answers, first.bills, first.late) == ([], [], 1)
    second = insurer.answer(
        tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth", trouble=("late",)
    )
    assert (len(second.answers), len(second.bills), second.late) == (1, 1, 0)


def test_duplicate_is_the_same_content_under_another_name(written: Path, tmp_path: Path) -> None:
    _batch(tmp_path / "out", "1", _good(_people(written), 10))
    done = insurer.answer(
        tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth", trouble=("duplicate",)
    )
    one, other = done.answers
    assert one.name != other.name
    assert one.read_bytes() == other.read_bytes()
    assert len(done.bills) == 1


def test_a_follow_up_bills_the_month_anew_in_whole(written: Path, tmp_path: Path) -> None:
    people = _people(written)
    _batch(tmp_path / "out", "1", _good(people, 20))
    insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    _batch(tmp_path / "out", "2", _good(people, 5, 20))
    insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    new = papers.table(tmp_path / "in" / "tagihan-2026-04-2.xlsx", "tagihan", papers.BILL)
    accepted = (_answers(tmp_path / "in")["STATUS"] == "DITERIMA").sum()
    assert new["NOMOR TAGIHAN"].to_list() == ["TAG-202604-SG-01-R1"]
    assert int(new["TOTAL"][0]) == accepted * _IURAN


def test_the_same_person_in_a_second_wadah_is_double(written: Path, tmp_path: Path) -> None:
    people = _good(_people(written), 10)
    _batch(tmp_path / "out", "1", people)
    insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    accepted = (_answers(tmp_path / "in")["STATUS"] == "DITERIMA").sum()
    _batch(tmp_path / "out", "2", people, wadah="SB-01")
    insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    second = _answers(tmp_path / "in").filter(pl.col("file") == "jawaban-2.xlsx")
    assert (second["KODE"] == "GANDA").sum() == accepted


def test_the_treasury_pays_once_and_holds_one_wadah_back(written: Path, tmp_path: Path) -> None:
    people = _people(written)
    _batch(tmp_path / "out", "1", _good(people, 20))
    _batch(tmp_path / "out", "2", _good(people, 20, 20), wadah="SB-01")
    insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    first = treasury.pay(tmp_path / "in", tmp_path / "in", without=("SB-01",))
    assert first is not None
    paid = papers.table(first, "sp2d", papers.SP2D)
    bills = papers.table(tmp_path / "in" / "tagihan-2026-04.xlsx", "tagihan", papers.BILL)
    of = {row["WADAH"]: row for row in bills.iter_rows(named=True)}
    assert paid["NOMOR TAGIHAN"].to_list() == [of["SG-01"]["NOMOR TAGIHAN"]]
    assert paid["NILAI"].to_list() == [of["SG-01"]["TOTAL"]]
    assert paid["TANGGAL"].to_list() == ["30-04-2026"]
    second = treasury.pay(tmp_path / "in", tmp_path / "in")
    assert second is not None
    assert papers.table(second, "sp2d", papers.SP2D)["NOMOR TAGIHAN"].to_list() == [
        of["SB-01"]["NOMOR TAGIHAN"]
    ]
    assert treasury.pay(tmp_path / "in", tmp_path / "in") is None


def test_months_in_arrears_are_paid_at_once(written: Path, tmp_path: Path) -> None:
    people = _good(_people(written), 10)
    for number, month in enumerate(("2026-04", "2026-05", "2026-06")):
        _batch(tmp_path / "out", str(number), people, month=month)
    insurer.answer(tmp_path / "out", tmp_path / "in", seed=1, truth=written / "truth")
    path = treasury.pay(tmp_path / "in", tmp_path / "in", day=dt.date(2026, 6, 30))
    assert path is not None
    row = papers.table(path, "sp2d", papers.SP2D).row(0, named=True)
    assert row["NOMOR TAGIHAN"].count(";") == 2
    assert row["TANGGAL"] == "30-06-2026"


def test_the_command_answers_and_pays(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _batch(tmp_path / "out", "1", _good(_people(written), 10))
    truth = str(written / "truth")
    assert main(["answer", str(tmp_path / "out"), str(tmp_path / "in"), "--truth", truth, "--json"]) == 0
    assert '"bills": ["tagihan-2026-04.xlsx"]' in capsys.readouterr().out
    assert main(["pay", str(tmp_path / "in"), str(tmp_path / "in")]) == 0
    assert "SP2D: sp2d-2026-04.xlsx" in capsys.readouterr().out


def test_another_installation_of_the_same_world_is_answered_alike(written: Path, tmp_path: Path) -> None:
    """References are drawn anew by every installation; whom the insurer refuses must not hang on them."""
    some = _good(_people(written), 400)
    refused = []
    for home in ("one", "two"):
        path = _batch(tmp_path / home, "2026-04-SG", some)
        rows = papers.table(path, "peserta", papers.PERSONS)
        anew = [str(uuid.uuid5(uuid.NAMESPACE_URL, f"{home}/{n}")) for n in range(rows.height)]
        rows = rows.with_columns(REFERENSI=pl.Series(anew))
        control = papers.table(path, "kendali", papers.BATCH)
        sheets = {"peserta": (papers.PERSONS, rows.rows()), "kendali": (papers.BATCH, control.rows())}
        papers.book(path, sheets)
        insurer.answer(tmp_path / home, tmp_path / f"{home}-in", seed=1, truth=written / "truth")
        codes = dict(_answers(tmp_path / f"{home}-in").select("REFERENSI", "KODE").iter_rows())
        refused.append([code for _, code in zip(anew, map(codes.get, anew), strict=True)])
    assert refused[0] == refused[1]
    assert 0 < sum(code is not None for code in refused[0]) < 100
