"""A search finds a name by its sound, word by word, and no sign of a search is taken for more than it is."""

from __future__ import annotations

import pytest
from django.utils import timezone

from jaring.people import search
from jaring.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def names() -> None:
    for name in ("SOEKARDJO", "H. LALU KHAERUDDIN, S.Pd", "Syafi'i Muhammad", "INAQ SUMIATI", "BUDI 100%_X"):
        Person.objects.create(name=name, desa_code="52.03.01.2001", first_seen=timezone.now())


def found(name: str) -> list[str]:
    return [one.name for one in search.people(name)]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("sukarjo", "SOEKARDJO"),
        ("Sukardj", "SOEKARDJO"),
        ("hairudin lalu", "H. LALU KHAERUDDIN, S.Pd"),
        ("Muhamad syafii", "Syafi'i Muhammad"),
        ("sumi", "INAQ SUMIATI"),
    ],
)
def test_spellings_of_one_sound_find_one_another(names: None, asked: str, name: str) -> None:
    assert found(asked) == [name]


def test_every_word_counts_from_its_beginning(names: None) -> None:
    assert found("karjo") == []
    assert found("lalu sumiati") == []


def test_signs_mean_nothing(names: None) -> None:
    assert len(found("%")) == 5
    assert found("budi %_") == ["BUDI 100%_X"]
    assert found("lalu' OR '1'='1") == []


def test_a_place_narrows(names: None) -> None:
    assert search.people("sumiati", desa_code="52.03.01.2002").count() == 0
    assert search.people(desa_code="52.03.01.2001").count() == 5


def test_who_became_another_is_not_found(names: None) -> None:
    one, other = Person.objects.order_by("pk")[:2]
    Person.objects.filter(pk=one.pk).update(merged_into=other)
    assert found("sukarjo") == []


def test_a_changed_name_is_found_by_its_new_sound(names: None) -> None:
    Person.objects.filter(name="SOEKARDJO").update(name="Djoko")
    assert found("joko") == ["Djoko"]
    assert found("sukarjo") == []
