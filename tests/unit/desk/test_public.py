"""The page for everybody: one answer, no name, no cookie; a wrong code is worth nothing to nobody."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from tests.unit.enrolment.offices import sp2d
from tests.unit.enrolment.villages import DESA, OFFICIAL_YEAR, PRICE, billed, budget, enrolled, villagers

from jaring.desk.pages.public import throttle
from jaring.enrolment import actions, actions_card, cardcode, cards

pytestmark = pytest.mark.django_db

WRONG = "ABCD-EFGH-JKMN-PQRS"


@pytest.fixture(autouse=True)
def _nobody_guessed_yet() -> None:
    cache.clear()


@pytest.fixture
def codes(tmp_path: Path) -> list[str]:
    """Codes of three people whose April is paid."""
    people = villagers(3)
    budget(tmp_path, DESA, 3 * OFFICIAL_YEAR)
    enrolled(tmp_path, people)
    billed(tmp_path, 3)
    sp2d(tmp_path / "masuk" / "sp2d.xlsx", [("SP2D/1", "20-04-2026", "T4", 3 * PRICE)])
    actions.read_payments(tmp_path / "masuk", by="bpkad")
    actions_card.make_cards(people["person_id"].to_list(), by="operator", on=dt.date(2026, 5, 2))
    return list(cards.in_force(DESA)["code"])


def test_the_address_of_a_card_answers_yes_with_its_month(codes: list[str]) -> None:
    client = Client()
    for address in (f"/k/{codes[0]}", f"/k/{codes[0]}/", f"/k/{cardcode.grouped(codes[0]).lower()}"):
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "<h1>Ya</h1>" in text
        assert "April 2026" in text
        assert "BPJS Ketenagakerjaan Cabang Lombok Timur (Selong)" in text
        assert not re.search(r"AMAQ|Tanjung Luar|Keruak|\d{16}", text)
        assert codes[0] not in text


def test_no_cookie_no_script_nothing_kept_nothing_found_by_engines(codes: list[str]) -> None:
    for address in ("/k/", f"/k/{codes[0]}", f"/k/{WRONG}", "/klaim/"):
        answer = Client().get(address)
        assert not answer.cookies, address
        assert b"<script" not in answer.content
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]


def test_a_typed_code_is_answered_without_standing_in_an_address(codes: list[str]) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/k/", {"code": f"  {cardcode.grouped(codes[1]).lower()} "})
    assert answer.status_code == 200
    assert "<h1>Ya</h1>" in answer.content.decode()
    empty = client.post("/k/", {"code": " "})
    assert empty.status_code == 400
    assert "Ketik kode yang tercetak di kartu." in empty.content.decode()
    assert client.post("/k/", {"code": WRONG}).content == client.get(f"/k/{WRONG}").content


def test_every_miss_is_the_same_answer(codes: list[str]) -> None:
    held = cards.in_force(DESA).filter(code=codes[2])
    actions_card.revoke(int(held["card_id"][0]), reason="hilang", by="operator")
    client = Client()
    known = client.get(f"/k/{WRONG}")
    assert known.status_code == 404
    near = codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1")
    for code in (codes[2], near, "x", "0" * 200, "%C3%85%C3%98", "'", "..", "1; DROP"):
        answer = client.get(f"/k/{code}")
        assert (answer.status_code, answer.content, answer.headers.items()) == (
            404,
            known.content,
            known.headers.items(),
        ), code


def test_guessing_is_held_back_by_address_and_a_right_code_never_is(codes: list[str]) -> None:
    guesser, neighbour = {"REMOTE_ADDR": "203.0.113.9"}, {"REMOTE_ADDR": "203.0.113.10"}
    client = Client()
    statuses = [client.get(f"/k/{WRONG}", **guesser).status_code for _ in range(throttle.TRIES + 2)]
    assert statuses == [404] * throttle.TRIES + [429] * 2
    held = client.get(f"/k/{WRONG}", **guesser)
    assert held["Retry-After"] == str(throttle.WINDOW_SECONDS)
    # The same hall, the same address: whoever holds a card is answered all the same.
    assert client.get(f"/k/{codes[0]}", **guesser).status_code == 200
    assert client.get(f"/k/{WRONG}", **neighbour).status_code == 404


def test_right_codes_are_not_counted(codes: list[str]) -> None:
    client = Client()
    for _ in range(throttle.TRIES + 5):
        assert client.get(f"/k/{codes[0]}").status_code == 200
    assert client.get(f"/k/{WRONG}").status_code == 404


def test_one_subscriber_of_ipv6_is_one_address(codes: list[str]) -> None:
    client = Client()
    for number in range(throttle.TRIES + 1):
        last = client.get(f"/k/{WRONG}", REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
    assert last.status_code == 429
    assert client.get(f"/k/{WRONG}", REMOTE_ADDR="2001:db8:1:3::1").status_code == 404


def test_the_guide_has_its_sums_from_the_law() -> None:
    text = Client().get("/klaim/").content.decode()
    for words in ("Rp42.000.000", "Rp70.000.000", "Rp174.000.000", "Rp10.000.000", "tanpa potongan"):
        assert words in text
    assert "Tidak seorang pun boleh meminta bagian." in text
    assert "Surat keterangan ahli waris" in text
    assert "3 hari kerja" in text
