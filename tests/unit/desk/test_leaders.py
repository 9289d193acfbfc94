"""Given a small April, when its leaders open their sheet, then each number is the one that was made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.unit.desk.invented import billed, counted, died, eligible, enrolled, paid, worked_on
from tests.unit.enrolment.offices import APRIL, DESA

from jaring.coverage import brief, trend
from jaring.coverage.models import Figure
from jaring.enrolment.actions import make_batches
from jaring.facts.month import Month
from jaring.facts.region import region

pytestmark = pytest.mark.django_db
Acting = Callable[..., Any]
SMALL = "52.03.01.2001"
MAY = Month(2026, 5)


def _words(client: Any, address: str = "/pimpinan/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    body = re.sub(r"<svg.*?</svg>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_before_any_month_the_sheet_says_so(acting: Acting) -> None:
    assert "Belum ada bulan yang dikerjakan" in _words(acting("pimpinan"))


def test_unpaid_months_claims_and_ends_stand_on_top_with_their_numbers(
    tmp_path: Path, acting: Acting
) -> None:
    """40 people, April and May funded, April billed and not paid, one of them dead in April."""
    people = enrolled(tmp_path, 40)
    billed(tmp_path, 40)
    died(people[0])
    counted()
    eligible(people)
    eligible([9_000_001, 9_000_002], SMALL)
    words = _words(acting("pimpinan"))
    # New members: their heirs receive Rp10 million (Permenaker 1/2025, under three months).
    assert "1 klaim kematian menunggu iuran dibayar: santunan Rp10.000.000 tertahan" in words
    assert "40 orang belum terlindungi karena Rp672.000 sudah ditagih dan belum dibayar" in words
    assert "39 orang habis bulan dananya dalam 60 hari; paling awal 31 Mei 2026" in words
    assert "Terlindungi 0 0,0 % dari 504.000 pekerja; 0,0 % dari 269.152 sasaran" in words
    assert "0 di antaranya dalam 30 hari" in words
    assert "1 desa dan kelurahan dibandingkan. 1 lainnya punya kurang dari 30 orang layak" in words


def test_paid_months_are_protected_and_nothing_is_owed(tmp_path: Path, acting: Acting) -> None:
    people = enrolled(tmp_path, 40)
    billed(tmp_path, 40)
    paid(40)
    counted()
    eligible([*people, *range(9_000_000, 9_000_060)])
    eligible(range(9_100_000, 9_100_030), SMALL)
    words = _words(acting("pimpinan"))
    assert "Terlindungi 40 " in words
    assert "Belum dibayar Rp0 0 orang belum terlindungi" in words
    assert "belum dibayar, menurut pembayar" not in words.lower()
    # 40 of 100 beside 0 of 30.
    ranked = brief.ranking(APRIL)
    assert ranked.rows() == [(DESA, 40, 100, 400, 1), (SMALL, 0, 30, 0, 2)]
    assert "40 / 100 40,0 %" in words
    every = _words(acting("pimpinan"), "/pimpinan/desa/")
    named = region(settings.REGION).units.filter(code=DESA)["name"][0]
    assert f"1 {named} " in every
    assert "Belum ada yang layak" in every


@pytest.mark.parametrize("address", ["/pimpinan/", "/pimpinan/desa/", "/ikhtisar/", "/cakupan/"])
def test_a_month_that_nobody_is_paid_for_yet_does_not_take_the_place_of_the_paid_one(
    tmp_path: Path, acting: Acting, address: str
) -> None:
    """Given April paid and May begun: April is shown and says so; May says that nobody is paid for yet."""
    people = enrolled(tmp_path, 40)
    billed(tmp_path, 40)
    paid(40)
    counted()
    eligible(people)
    leader = acting("pimpinan")
    assert "sedang dikerjakan" not in _words(leader, address)
    worked_on(MAY)
    for nothing_counted_yet in (True, False):
        if not nothing_counted_yet:
            counted(MAY)
        words = _words(leader, address)
        assert "April 2026" in words
        assert "Mei 2026 sedang dikerjakan; iurannya belum ada yang dibayar." in words
        assert f'href="?bulan={MAY}"' in leader.get(address).content.decode()
        words = _words(leader, f"{address}?bulan={MAY}")
        assert "Iuran Mei 2026 belum ada yang dibayar, jadi belum ada yang terlindungi." in words
        assert "Bulan terakhir yang sudah dibayar: April 2026" in words
    assert make_batches(MAY, by="staf") == []
    billed(tmp_path, 40, "T-2026-05", MAY)
    paid(40, "S-2", ["T-2026-05"])
    counted(MAY)
    words = _words(leader, address)
    assert "Mei 2026" in words
    assert "belum ada yang" not in words


def test_an_auditor_goes_from_the_sheet_to_the_rows_and_a_leader_does_not(
    tmp_path: Path, acting: Acting
) -> None:
    enrolled(tmp_path, 1)
    counted()
    figure = Figure.objects.get(measure="protected", dimension="regency", superseded_at=None)
    address = f"/pemeriksaan/angka/{figure.pk}/"
    assert address in acting("pengawas").get("/pimpinan/").content.decode()
    leader = acting("pimpinan")
    assert address not in leader.get("/pimpinan/").content.decode()
    assert leader.get(address).status_code == 403


def test_a_desa_with_few_eligible_has_counts_and_no_rank() -> None:
    eligible(range(1, 30))
    eligible(range(100, 130), SMALL)
    assert brief.ranking(APRIL).rows() == [(SMALL, 0, 30, 0, 1), (DESA, 0, 29, 0, None)]


@pytest.mark.parametrize(
    ("month", "today", "day"),
    [
        (Month(2026, 4), dt.date(2026, 4, 12), dt.date(2026, 4, 12)),
        (Month(2026, 4), dt.date(2026, 5, 31), dt.date(2026, 5, 31)),
        (Month(2026, 4), dt.date(2026, 6, 1), dt.date(2026, 4, 30)),
    ],
)
def test_an_old_month_is_read_as_it_stood(month: Month, today: dt.date, day: dt.date) -> None:
    assert brief.as_of(month, today) == day


def test_ends_are_counted_to_the_day(tmp_path: Path) -> None:
    """April and May are funded: on 2 April the end of May is 59 days away, on 1 April it is 60."""
    enrolled(tmp_path, 3)
    ends = brief.ending(dt.date(2026, 4, 2), 60)
    assert [(e.until, e.source, e.people) for e in ends] == [(dt.date(2026, 5, 31), "dbhcht", 3)]
    assert brief.ending(dt.date(2026, 4, 1), 59) == []
    assert brief.ending(dt.date(2026, 6, 1), 60) == []


def test_the_drawing_says_every_number() -> None:
    drawn = trend.draw([(Month(2026, 3), 0), (Month(2026, 4), 17_172)], "Orang")
    assert '<desc id="tren-isi">Maret 2026 0; April 2026 17.172</desc>' in drawn
    assert drawn.count("<rect") == 2


def test_who_reads_no_payments_does_not_open_it(acting: Acting) -> None:
    assert acting("operator_desa", territory=[SMALL]).get("/pimpinan/").status_code == 403
