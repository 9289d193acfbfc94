"""Cards: codes nobody can guess, an answer that tells one thing, papers that hold no NIK."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
from pathlib import Path

import polars as pl
import pypdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.unit.enrolment.offices import sp2d
from tests.unit.enrolment.villages import (
    APRIL,
    DESA,
    OFFICIAL_YEAR,
    OTHER,
    PRICE,
    billed,
    budget,
    enrolled,
    officials,
    villagers,
)

from jaring.enrolment import (
    actions,
    actions_card,
    actions_print,
    card_answer,
    cardcode,
    cards,
    claim_guide,
    paperwork_village,
)
from jaring.enrolment.actions_letter import numbered
from jaring.enrolment.models import Card, Letter
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.journal.models import Entry
from jaring.law.settings import LocalSetting
from jaring.people.models import Person

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 5, 2)
PLACE = region("lotim")
SITE = "https://jaring.contoh.go.id"


def _paid(folder: Path, count: int = 4) -> pl.DataFrame:
    """People of DESA whose April is paid."""
    people = villagers(count)
    budget(folder, DESA, count * OFFICIAL_YEAR)
    enrolled(folder, people)
    billed(folder, count)
    sp2d(folder / "masuk" / "sp2d.xlsx", [("SP2D/1", "20-04-2026", "T4", count * PRICE)])
    assert actions.read_payments(folder / "masuk", by="bpkad")["months"] == count
    return people


def _text(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join((page.extract_text() or "").split()) for page in pages)


def test_a_code_is_eighty_bits_of_signs_that_are_not_mistaken() -> None:
    assert len(cardcode.SIGNS) == 32
    assert cardcode.LENGTH * 5 >= 80
    assert not set("ILOU") & set(cardcode.SIGNS)
    made = {cardcode.fresh() for _ in range(2_000)}
    assert len(made) == 2_000
    # Every sign stands at every place: no place of the code is fixed.
    for place in range(cardcode.LENGTH):
        assert {code[place] for code in made} == set(cardcode.SIGNS)


def test_what_is_typed_is_read_as_it_is_meant() -> None:
    code = "0123456789ABCDEF"
    for typed in (
        code,
        code.lower(),
        cardcode.grouped(code),
        " o i 2 3-4567–89ab cdef ",
        "OL23 4567 89AB CDEF",
    ):
        assert cardcode.meant(typed) == code
    assert cardcode.meant("") == ""
    assert len(cardcode.meant("9" * 5_000)) == cardcode.LENGTH


def test_a_card_each_and_no_second_one(tmp_path: Path) -> None:
    people = _paid(tmp_path)
    villagers(2, first=50)  # in the register, but no participant
    assert actions_card.make_cards(DESA, by="operator", on=DAY) == 4
    assert actions_card.make_cards(DESA, by="operator", on=DAY) == 0
    assert actions_card.make_cards(people["person_id"].to_list(), by="operator", on=DAY) == 0
    assert actions_card.make_cards(OTHER, by="operator", on=DAY) == 0
    held = cards.in_force(DESA)
    assert set(held["person_id"]) == set(people["person_id"])
    entry = Entry.objects.get(action="enrolment.make_cards")
    assert b'"cards": 4' in bytes(entry.body)
    # The codes stand nowhere readable: not in the table, not in the journal.
    rows = [bytes(c.code_bi) + bytes(c.code_ct) for c in Card.objects.all()] + [bytes(entry.body)]
    for code, row in itertools.product(held["code"], rows):
        assert code.encode() not in row


def test_a_code_tells_whether_its_month_is_paid_and_nothing_else(tmp_path: Path) -> None:
    _paid(tmp_path)
    actions_card.make_cards(DESA, by="operator", on=DAY)
    code = cards.in_force(DESA)["code"][0]
    assert card_answer.newest_month() == APRIL
    assert card_answer.answer(code, APRIL) == card_answer.Answer(APRIL, paid=True)
    assert card_answer.answer(cardcode.grouped(code).lower(), APRIL) == card_answer.Answer(APRIL, paid=True)
    assert card_answer.answer(code, APRIL + 1) == card_answer.Answer(APRIL + 1, paid=False)
    assert list(card_answer.Answer.__slots__) == ["month", "paid"]


def test_every_miss_goes_the_same_way(tmp_path: Path) -> None:
    _paid(tmp_path)
    actions_card.make_cards(DESA, by="operator", on=DAY)
    held = cards.in_force(DESA)
    code, card = held["code"][0], int(held["card_id"][0])
    near = code[:-1] + ("0" if code[-1] != "0" else "1")

    def asked(text: str) -> tuple[object, list[str]]:
        with CaptureQueriesContext(connection) as seen:
            found = card_answer.answer(text, APRIL)
        return found, [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in seen.captured_queries]

    hit, way = asked(code)
    assert hit is not None
    for text in (near, "", "x", "'; DROP TABLE", "9" * 900, "ÅØ" * 40):
        assert asked(text) == (None, way), text
    revoked = actions_card.revoke(card, reason="hilang di pasar", by="operator")
    assert revoked.revoked_at is not None
    assert asked(code) == (None, way)
    # The lost one is replaced, and the old code stays dead.
    assert actions_card.make_cards(DESA, by="operator", on=DAY) == 1
    fresh = cards.in_force(DESA).filter(person_id=held["person_id"][0])["code"][0]
    assert fresh != code
    assert card_answer.answer(fresh, APRIL) is not None
    assert card_answer.answer(code, APRIL) is None


def test_a_card_follows_a_person_found_to_be_another(tmp_path: Path) -> None:
    people = _paid(tmp_path)
    extra = villagers(1, first=80)
    actions_card.make_cards(DESA, by="operator", on=DAY)
    code = cards.in_force(DESA).filter(person_id=people["person_id"][0])["code"][0]
    card = Card.objects.get(person_id=people["person_id"][0])
    Card.objects.filter(pk=card.pk).update(person_id=extra["person_id"][0])
    assert card_answer.answer(code, APRIL) == card_answer.Answer(APRIL, paid=False)
    Person.objects.filter(pk=extra["person_id"][0]).update(merged_into_id=people["person_id"][0])
    assert card_answer.answer(code, APRIL) == card_answer.Answer(APRIL, paid=True)


def test_a_long_list_says_on_every_page_who_printed_it_and_keeps_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = _paid(tmp_path, 12)
    officials(people)
    actions_card.make_cards(DESA, by="operator", on=DAY)
    monkeypatch.setattr(actions_print, "ALONE", 11)
    for make, people_ in (
        (lambda by: actions_print.print_meeting(DESA, APRIL, PLACE, by=by), 12),
        (lambda by: actions_print.print_hand_over(DESA, PLACE, by=by), 12),
        (lambda by: actions_print.print_cards(DESA, PLACE, address=SITE, by=by), 12),
    ):
        for by in ("operator", "pendamping"):
            pages = pypdf.PdfReader(io.BytesIO(make(by))).pages
            assert all(f"Dicetak {by} " in (page.extract_text() or "") for page in pages)
            assert f": {people_} orang, jangan disebarkan" in (pages[0].extract_text() or "")
    assert {one.number for one in Letter.objects.all()} == {1}


def test_the_papers_of_a_desa_hold_no_nik_and_come_out_the_same(tmp_path: Path) -> None:
    people = _paid(tmp_path, 12)
    officials(people)
    actions_card.make_cards(DESA, by="operator", on=DAY)
    held = cards.in_force(DESA)
    for make in (
        lambda: actions_print.print_meeting(DESA, APRIL, PLACE, by="operator"),
        lambda: actions_print.print_cards(DESA, PLACE, address=SITE, by="operator"),
        lambda: actions_print.print_hand_over(DESA, PLACE, by="operator"),
        lambda: actions_print.print_leaflet(PLACE, address=SITE, desa_code=DESA, by="operator"),
    ):
        pdf = make()
        assert make() == pdf
        text = _text(pdf)
        assert "Desa Tanjung Luar" in text
        assert not any(nik[part : part + 8] in text for nik in people["nik"] for part in (0, 4, 8))
        assert "01-01-1980" not in text
        assert "1 Januari 1980" not in text
    meeting = _text(actions_print.print_meeting(DESA, APRIL, PLACE, by="operator"))
    assert "Dicetak" not in meeting
    assert "12 orang memenuhi syarat; 12 di antaranya sudah terlindungi" in meeting
    assert all(name in meeting for name in people["name"])
    sheet = actions_print.print_cards(DESA, PLACE, address=SITE, by="operator")
    assert len(pypdf.PdfReader(io.BytesIO(sheet)).pages) == 2
    cut = _text(sheet)
    assert all(cardcode.grouped(code) in cut for code in held["code"])
    assert "jaring.contoh.go.id/k/" in cut
    # The hand-over list lies open at the balai desa: it must not give the codes away.
    given = _text(actions_print.print_hand_over(DESA, PLACE, by="operator"))
    assert all(f"…{code[-4:]}" in given for code in held["code"])
    assert not any(code[:4] + "-" in given for code in held["code"])
    # One number for one content, however often it is printed.
    assert {one.series: one.number for one in Letter.objects.all()} == dict.fromkeys(
        ("musdes", "kartu", "serah_terima", "ahli_waris"), 1
    )


def test_a_changed_list_is_another_letter(tmp_path: Path) -> None:
    _paid(tmp_path)
    actions_card.make_cards(DESA, by="operator", on=DAY)
    first = actions_print.print_hand_over(DESA, PLACE, by="operator")
    actions_card.revoke(int(cards.in_force(DESA)["card_id"][0]), reason="hilang", by="operator")
    second = actions_print.print_hand_over(DESA, PLACE, by="operator")
    assert "560.3/1/NAKERTRANS/" in _text(first)
    assert "560.3/2/NAKERTRANS/" in _text(second)


def test_namesakes_are_told_apart_by_their_year() -> None:
    same = villagers(2)
    Person.objects.filter(pk__in=same["person_id"].to_list()).update(name="AMAQ SAHRI")
    Person.objects.filter(pk=same["person_id"][1]).update(birth_date=dt.date(1961, 4, 2))
    officials(villagers(1, first=30))
    officials(same)
    [segment] = paperwork_village.meeting(DESA, APRIL, PLACE)["segments"]
    shown = [row[1] for row in segment["rows"]]
    assert {"AMAQ SAHRI (1961)", "AMAQ SAHRI (1980)"} < set(shown)
    assert all("(" not in name for name in shown if "SAHRI" not in name)


def test_a_list_of_nobody_is_refused() -> None:
    with pytest.raises(Refused, match="tanpa-daftar"):
        actions_print.print_meeting(DESA, APRIL, PLACE, by="operator")
    with pytest.raises(Refused, match="tanpa-kartu"):
        actions_print.print_cards(DESA, PLACE, address=SITE, by="operator")
    with pytest.raises(Refused, match="desa-tak-dikenal"):
        actions_print.print_leaflet(PLACE, address=SITE, desa_code="99.99.99.9999", by="operator")
    assert not Letter.objects.exists()


def test_the_leaflet_takes_its_sums_from_the_law() -> None:
    told = claim_guide.guide(DAY)
    assert (told.death_idr, told.accident_idr, told.school_idr) == (42_000_000, 70_000_000, 174_000_000)
    plain = _text(actions_print.print_leaflet(PLACE, address=SITE, by="dpmd", on=DAY))
    assert "Rp42 juta" in plain
    assert "tanpa potongan" in plain
    assert "Peserta yang belum 3 bulan terdaftar: Rp10 juta" in plain
    assert "Akta kematian" in plain
    assert "Tidak seorang pun boleh meminta bagian" in plain
    assert (
        len(pypdf.PdfReader(io.BytesIO(actions_print.print_leaflet(PLACE, address=SITE, by="x"))).pages) == 2
    )
    said = LocalSetting(
        "membership.santunan_peserta_baru", "8_000_000", dt.date(2026, 1, 1), None, "Dinas", "surat cabang"
    )
    other = _text(actions_print.print_leaflet(PLACE, address=SITE, by="dpmd", on=DAY, settings=[said]))
    assert "terdaftar: Rp8 juta" in other


def test_the_database_keeps_a_series_whole() -> None:
    first = numbered("musdes", "satu", date=DAY, by="x")
    assert numbered("musdes", "satu", date=dt.date(2027, 1, 1), by="y") == first
    assert numbered("musdes", "dua", date=DAY, by="x").number == 2
    assert numbered("kartu", "satu", date=DAY, by="x").number == 1
    assert numbered("musdes", "tiga", date=dt.date(2027, 1, 1), by="x").number == 1
    # A number that was given back is the next one's.
    with transaction.atomic():
        assert numbered("musdes", "empat", date=DAY, by="x").number == 3
        transaction.set_rollback(True)
    assert numbered("musdes", "lima", date=DAY, by="x").number == 3
    for wrong in (
        lambda: Letter.objects.create(series="musdes", year=2026, number=5, subject="x", date=DAY, by="x"),
        lambda: Letter.objects.filter(pk=first.pk).update(number=9),
        lambda: Letter.objects.filter(pk=first.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
    with pytest.raises(ValueError, match="no series"):
        numbered("lain", "x", date=DAY, by="x")
