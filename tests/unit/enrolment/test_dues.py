"""What a desa owes, and the letters that follow one another because of it."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import polars as pl
import pypdf
import pytest
from django.db import IntegrityError, transaction
from tests.unit.enrolment.offices import sp2d
from tests.unit.enrolment.villages import (
    DESA,
    KELURAHAN,
    OFFICIAL_YEAR,
    OTHER,
    PRICE,
    billed,
    budget,
    enrolled,
    officials,
    villagers,
)

from jaring.enrolment import actions, actions_remind, dues, paperwork_warning
from jaring.enrolment.models import Letter, Reminder
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.journal.models import Entry
from jaring.law.settings import LocalSetting

pytestmark = pytest.mark.django_db

MAY = dt.date(2026, 5, 20)
FORTNIGHT = dt.timedelta(days=14)


def _row(desa: str, on: dt.date = MAY) -> dict[str, Any]:
    return dues.board(2026, on=on).row(by_predicate=pl.col("desa_code") == desa, named=True)


def _text(pdf: bytes) -> str:
    return " ".join(
        " ".join((page.extract_text() or "").split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
    )


def test_a_board_without_anything_has_every_desa_and_no_kelurahan() -> None:
    board = dues.board(2026, on=MAY)
    assert board.schema == dues.BOARD
    assert board.height == 239
    assert set(board["standing"]) == {"no_list"}
    assert board.filter(desa_code=KELURAHAN).is_empty()
    assert board["next_level"].null_count() == 239


def test_officials_without_a_budget() -> None:
    officials(villagers(3))
    row = _row(DESA)
    assert (row["officials"], row["need_idr"], row["budget_idr"]) == (3, 3 * OFFICIAL_YEAR, None)
    assert (row["standing"], row["short_idr"]) == ("unbudgeted", 3 * OFFICIAL_YEAR)
    assert (row["unprotected"], row["without_payer"]) == (3, 3)
    assert (row["next_level"], row["next_on"]) == (1, MAY)
    # Whom only a local rule names is no duty by law.
    officials(villagers(2, OTHER, first=10), segment="rt_rw")
    assert _row(OTHER)["standing"] == "no_list"


def test_a_budget_that_is_too_small_and_one_that_is_enough(tmp_path: Path) -> None:
    officials(villagers(3))
    officials(villagers(2, OTHER, first=10))
    budget(tmp_path, DESA, 3 * OFFICIAL_YEAR - 1)
    budget(tmp_path, OTHER, 2 * OFFICIAL_YEAR)
    assert (_row(DESA)["standing"], _row(DESA)["short_idr"]) == ("short", 1)
    assert (_row(OTHER)["standing"], _row(OTHER)["next_level"]) == ("in_order", None)


def test_a_bill_is_late_only_after_its_day_and_until_it_is_paid(tmp_path: Path) -> None:
    people = villagers(4)
    officials(people)
    budget(tmp_path, DESA, 4 * OFFICIAL_YEAR)
    enrolled(tmp_path, people)
    billed(tmp_path, 4)
    due = dt.date(2026, 4, 15)
    assert _row(DESA, due)["overdue_idr"] == 0
    late = _row(DESA, due + dt.timedelta(days=1))
    assert (late["standing"], late["overdue_idr"], late["overdue_months"]) == ("overdue", 4 * PRICE, 1)
    assert (late["overdue_since"], late["unprotected"]) == (dt.date(2026, 4, 1), 4)
    assert (late["billed_idr"], late["paid_idr"]) == (4 * PRICE, 0)
    sp2d(tmp_path / "masuk" / "sp2d.xlsx", [("SP2D/1", "20-04-2026", "T4", 4 * PRICE)])
    assert actions.read_payments(tmp_path / "masuk", by="bpkad")["payments"] == 1
    paid = _row(DESA)
    assert (paid["standing"], paid["paid_idr"], paid["unprotected"]) == ("in_order", 4 * PRICE, 0)


def test_letters_follow_one_another_and_never_two_on_a_day() -> None:
    officials(villagers(3))
    first = actions_remind.remind(DESA, 2026, by="dpmd", on=MAY)
    assert (first.level, first.deadline, first.letter.number) == (1, MAY + FORTNIGHT, 1)
    with pytest.raises(Refused, match="sudah-ditegur-hari-ini"):
        actions_remind.remind(DESA, 2026, by="dpmd", on=MAY)
    with pytest.raises(Refused, match="teguran-terlalu-cepat"):
        actions_remind.remind(DESA, 2026, by="dpmd", on=MAY + FORTNIGHT - dt.timedelta(days=1))
    for level in (2, 3):
        found = actions_remind.remind(DESA, 2026, by="dpmd", on=MAY + (level - 1) * FORTNIGHT)
        assert (found.level, found.letter.number) == (level, level)
    with pytest.raises(Refused, match="teguran-habis"):
        actions_remind.remind(DESA, 2026, by="dpmd", on=MAY + 9 * FORTNIGHT)
    assert Entry.objects.filter(action="enrolment.remind").count() == 3


def test_days_between_letters_are_the_offices_own_setting() -> None:
    officials(villagers(1))
    month = LocalSetting("reminders.jarak", "30", dt.date(2026, 1, 1), None, "DPMD", "SE kepala dinas")
    actions_remind.remind(DESA, 2026, by="dpmd", on=MAY, settings=[month])
    with pytest.raises(Refused, match="19-06-2026"):
        actions_remind.remind(DESA, 2026, by="dpmd", on=MAY + FORTNIGHT, settings=[month])
    again = actions_remind.remind(DESA, 2026, by="dpmd", on=dt.date(2026, 6, 19), settings=[month])
    assert again.level == 2


def test_who_owes_nothing_is_not_warned(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="desa-tidak-menunggak"):
        actions_remind.remind(OTHER, 2026, by="dpmd", on=MAY)
    with pytest.raises(Refused, match="bukan-desa"):
        actions_remind.remind(KELURAHAN, 2026, by="dpmd", on=MAY)
    assert not Reminder.objects.exists()
    assert not Letter.objects.exists()


def test_a_withdrawn_letter_may_come_again_with_another_number() -> None:
    officials(villagers(1))
    first = actions_remind.remind(DESA, 2026, by="dpmd", on=MAY)
    second = actions_remind.remind(DESA, 2026, by="dpmd", on=MAY + FORTNIGHT)
    with pytest.raises(Refused, match="teguran-sesudahnya-ada"):
        actions_remind.withdraw(first.pk, reason="keliru", by="dpmd")
    with pytest.raises(Refused, match="tanpa-alasan"):
        actions_remind.withdraw(second.pk, reason="  ", by="dpmd")
    actions_remind.withdraw(second.pk, reason="sudah dianggarkan di APB Desa perubahan", by="dpmd")
    with pytest.raises(Refused, match="sudah-ditegur-hari-ini"):
        actions_remind.remind(DESA, 2026, by="dpmd", on=MAY + FORTNIGHT)
    again = actions_remind.remind(DESA, 2026, by="dpmd", on=MAY + FORTNIGHT + dt.timedelta(days=1))
    assert (again.level, again.letter.number) == (2, 3)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Reminder.objects.filter(pk=again.pk).update(date=second.date)


def test_the_letter_says_what_why_by_when_and_on_what_ground(tmp_path: Path) -> None:
    people = villagers(4)
    officials(people)
    budget(tmp_path, DESA, 4 * OFFICIAL_YEAR)
    enrolled(tmp_path, people)
    billed(tmp_path, 4)
    place = region("lotim")
    letters = []
    for level in (1, 2, 3):
        reminder = actions_remind.remind(DESA, 2026, by="dpmd", on=MAY + (level - 1) * FORTNIGHT)
        pdf = paperwork_warning.warning(reminder, place)
        assert pdf == paperwork_warning.warning(Reminder.objects.get(pk=reminder.pk), place)
        letters.append(_text(pdf))
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    for number, text in enumerate(letters, 1):
        assert f"400.10.2.4/{number}/PMD/2026" in text
        assert "untuk 1 bulan, sejak April 2026, sebesar Rp67.200" in text
        assert "enam puluh tujuh ribu dua ratus rupiah" in text
        assert "Orang yang karena itu tidak terlindungi 4 orang" in text
        assert "UU 24/2011 Pasal 14 sampai Pasal 18" in text
        assert "naskah peraturan" in text
        assert "SE Bupati 400.10.2.4/112/PMD/2026" in text
        assert "sumber sekunder" in text
        assert not any(name in text for name in people["name"])
    assert "3 Juni 2026" in letters[0]
    assert "teguran terakhir" not in letters[0]
    assert "Menunjuk teguran pertama Nomor 400.10.2.4/1/PMD/2026 tanggal 20 Mei 2026" in letters[1]
    assert "dengan tegas" in letters[1]
    assert "Inspektorat Kabupaten Lombok Timur" in letters[1]
    assert "Ini teguran terakhir" in letters[2]
    assert "Bupati Lombok Timur" in letters[2]


def test_a_letter_is_printed_later_with_the_figures_of_its_day(tmp_path: Path) -> None:
    officials(villagers(3))
    reminder = actions_remind.remind(DESA, 2026, by="dpmd", on=MAY)
    before = paperwork_warning.warning(reminder, region("lotim"))
    assert "belum memuat anggaran" in _text(before)
    budget(tmp_path, DESA, 3 * OFFICIAL_YEAR)
    assert paperwork_warning.warning(Reminder.objects.get(), region("lotim")) == before
