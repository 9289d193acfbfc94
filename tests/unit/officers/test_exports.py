"""Lists of people leave with a reason, the long ones with two people, and carry who took them."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jaring.facts.reason import Refused
from jaring.journal.models import Entry
from jaring.officers import actions_export as exports
from jaring.officers.models import ALONE, Export
from jaring.officers.scope import Grant, Scope, scoped

pytestmark = pytest.mark.django_db
WHY = "Bahan rapat dengan camat Selong"
SHA = "a" * 64
EVERY = frozenset({"*"})
CHECKER = Scope("kadis", (Grant("penyetuju", EVERY),))
MAKER = Scope("siti", (Grant("disnakertrans", EVERY),))


def ask(people: int, by: str = "siti", **chosen: Any) -> Export:
    return exports.ask("orang", {"bulan": "2026-04", "desa": "52.03.01.2001", **chosen}, people, WHY, by=by)


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}:")


def test_up_to_five_hundred_people_need_no_second_person() -> None:
    assert ALONE == 500
    export = ask(500)
    assert (export.state, export.decided_by) == ("approved", "")
    assert ask(501, by="lain").state == "asked"


def test_a_long_list_in_parts_is_a_long_list() -> None:
    assert ask(300, kecamatan="52.03.01").state == "approved"
    assert ask(200, kecamatan="52.03.02").state == "approved"
    assert ask(1, kecamatan="52.03.03").state == "asked"
    assert ask(300, by="budi").state == "approved"
    # Yesterday's do not count.
    Export.objects.update(asked_at=Export.objects.latest("id").asked_at - datetime.timedelta(days=1))
    assert ask(500, kecamatan="52.03.04").state == "approved"


def test_the_same_question_is_one() -> None:
    first = ask(900)
    assert ask(900).pk == first.pk
    assert ask(901).pk != first.pk
    assert Entry.objects.filter(action="officers.ask_export").count() == 2


def test_a_second_person_with_the_right_lets_it_go() -> None:
    export = ask(17_000)
    with scoped(MAKER), refused("tanpa-hak"):
        exports.approve(export, by="siti")
    with scoped(CHECKER):
        exports.approve(export, by="kadis")
        exports.approve(export, by="kadis")
    export.refresh_from_db()
    assert (export.state, export.decided_by) == ("approved", "kadis")
    assert Entry.objects.filter(action="officers.approve_export").count() == 1
    with scoped(CHECKER), refused("unduhan-sudah-diputuskan"):
        exports.refuse(export, "Terlalu banyak orang", by="kadis")


@pytest.mark.parametrize("who", ["siti", "SITI", " siti"])
def test_nobody_lets_their_own_list_go(who: str) -> None:
    export = ask(501)
    for decide in (exports.approve, lambda one, by: exports.refuse(one, "Terlalu banyak orang", by=by)):
        with refused("pembuat-bukan-pemeriksa"):
            decide(export, by=who)


def test_a_refusal_says_why_and_ends_it() -> None:
    export = ask(501)
    with scoped(CHECKER), refused("alasan-kurang"):
        exports.refuse(export, "tidak", by="kadis")
    with scoped(CHECKER):
        exports.refuse(export, "Cukup satu kecamatan saja", by="kadis")
    export.refresh_from_db()
    assert (export.state, export.refusal) == ("refused", "Cukup satu kecamatan saja")
    with refused("unduhan-belum-disetujui"):
        exports.made(export, SHA, by="siti")
    with scoped(CHECKER), refused("unduhan-sudah-diputuskan"):
        exports.approve(export, by="kadis")
    # Asked again it is a new question.
    assert ask(501).pk != export.pk


def test_a_list_is_made_once_by_who_asked_with_what_was_approved() -> None:
    export = ask(100)
    with refused("unduhan-orang-lain"):
        exports.made(export, SHA, by="budi")
    with refused("unduhan-berubah"):
        exports.made(export, SHA, by="siti", people=101)
    assert exports.made(export, SHA, by="siti", people=99).state == "made"
    assert exports.made(export, SHA, by="siti").sha256 == SHA
    with refused("unduhan-berubah"):
        exports.made(export, "b" * 64, by="siti")
    assert Entry.objects.filter(action="officers.made_export").count() == 1
    assert ask(100).pk != export.pk


def test_a_list_that_waits_cannot_be_made() -> None:
    with refused("unduhan-belum-disetujui"):
        exports.made(ask(501), SHA, by="siti")


def test_an_old_approval_is_worth_nothing() -> None:
    export = ask(100)
    Export.objects.update(asked_at=export.asked_at - exports.VALID - datetime.timedelta(seconds=1))
    with refused("unduhan-berubah"):
        exports.made(export, SHA, by="siti")


@pytest.mark.parametrize(
    "chosen",
    [
        {"nik": "x"},
        {"Nama": "AMAQ"},
        {"q": "inaq"},
        {"dalam": {"name": "x"}},
        {"kode": "5203070101800001"},
        {"daftar": ["5203070101800001"]},
        {"angka": 5203070101800001},
    ],
)
def test_how_a_list_was_chosen_names_nobody(chosen: dict[str, Any]) -> None:
    with refused("saringan-pribadi") as told:
        ask(10, **chosen)
    assert "5203070101800001" not in str(told.value)
    assert not Export.objects.exists()


def test_an_empty_list_and_an_empty_reason_are_refused() -> None:
    with refused("unduhan-kosong"):
        ask(0)
    with refused("alasan-kurang"):
        exports.ask("orang", {}, 10, "rapat", by="siti")


def test_what_left_carries_who_when_which_and_why() -> None:
    export = ask(1_200)
    with scoped(CHECKER):
        export = exports.approve(export, by="kadis")
    said = exports.watermark(export)
    assert f"nomor {export.pk}" in said
    assert "1.200 orang" in said
    assert "diminta siti" in said
    assert "disetujui kadis" in said
    assert WHY in said
    assert "disetujui" not in exports.watermark(ask(5))


def test_the_journal_knows_how_many_and_why_and_nobodys_name() -> None:
    ask(12)
    entry = Entry.objects.get(action="officers.ask_export")
    assert entry.actor == "siti"
    assert json.loads(bytes(entry.body)) == {"jenis": "orang", "orang": 12, "alasan": WHY, "sendiri": True}


@pytest.mark.parametrize(
    ("change", "law"),
    [
        ({"state": "approved"}, "two_people"),
        ({"state": "approved", "decided_by": "siti"}, "two_people"),
        ({"state": "made", "decided_by": "kadis"}, "made"),
        ({"state": "diambil"}, "state"),
    ],
)
def test_no_writer_lets_a_long_list_go_alone(change: dict[str, Any], law: str) -> None:
    ask(501)
    with pytest.raises(IntegrityError, match=f"officers_export_{law}"), transaction.atomic():
        Export.objects.update(**change)
