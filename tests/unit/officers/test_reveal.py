"""A NIK is opened for a reason, within territory and budget, and the journal knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from jaring.facts.reason import Refused
from jaring.journal.models import Entry
from jaring.officers import actions
from jaring.officers.models import Officer, Reveal

pytestmark = pytest.mark.django_db
Make = Callable[..., Officer]
DESA, SIBLING = "52.03.01.2001", "52.03.01.2002"
WHY = "mencocokkan KTP yang dibawa ke kantor desa"
NIK = "5203011207900001"


def _open(officer: Officer, person: UUID, desa_code: str | None = DESA, why: str = WHY) -> str | None:
    return actions.reveal_nik(officer, person, why, desa_code=desa_code, nik_of=lambda _: NIK)


def test_who_opened_whose_and_why_is_kept_and_the_nik_is_not(make: Make) -> None:
    officer, person = make("siti", "operator_desa", territory=[DESA]), uuid4()
    assert _open(officer, person) == NIK
    kept, said = Reveal.objects.get(), Entry.objects.get(action="officers.reveal_nik")
    assert (kept.officer, kept.person, kept.reason) == (officer, person, WHY)
    assert (said.actor, said.subject, json.loads(bytes(said.body))) == ("siti", str(person), {"alasan": WHY})
    assert NIK not in kept.reason + said.subject + bytes(said.body).decode()


@pytest.mark.parametrize("why", ["", "perlu", "cek  \n  x", f"orang dengan NIK {NIK}", "a" * 201])
def test_without_a_proper_reason_nothing_is_read(make: Make, why: str) -> None:
    officer, asked = make("siti", "operator_desa", territory=[DESA]), []
    with pytest.raises(Refused) as refused:
        actions.reveal_nik(officer, uuid4(), why, desa_code=DESA, nik_of=asked.append)
    assert refused.value.reason.code == "alasan-membuka"
    assert (asked, Reveal.objects.count()) == ([], 0)


@pytest.mark.parametrize("desa_code", [SIBLING, None])
def test_nobody_opens_one_outside_their_territory(make: Make, desa_code: str | None) -> None:
    officer = make("siti", "operator_desa", territory=[DESA])
    with pytest.raises(Refused) as refused:
        _open(officer, uuid4(), desa_code)
    assert refused.value.reason.code == "tanpa-hak"


@pytest.mark.parametrize("role", ["pimpinan", "dpmd", "bpkad", "admin_akun"])
def test_roles_without_the_right_open_none(make: Make, role: str) -> None:
    with pytest.raises(Refused):
        _open(make("siti", role), uuid4())


def test_a_person_without_a_desa_is_opened_by_those_who_see_all(make: Make) -> None:
    assert _open(make("siti", "disnakertrans"), uuid4(), None) == NIK


def test_fifty_a_day(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, other = make("siti", "disnakertrans"), make("budi", "disnakertrans")
    for _ in range(actions.REVEALS_A_DAY):
        _open(officer, uuid4())
    with pytest.raises(Refused) as refused:
        _open(officer, uuid4())
    assert refused.value.reason.code == "jatah-membuka"
    assert Reveal.objects.filter(officer=officer).count() == 50
    assert _open(other, uuid4()) == NIK
