"""Whom an insurer cannot enrol yet."""

from __future__ import annotations

import pytest
from django.utils import timezone

from jaring.people import register
from jaring.people.models import Person
from jaring.tables import secrets

pytestmark = pytest.mark.django_db


def _person(name: str, nik: str | None, into: Person | None = None) -> Person:
    blind = secrets.blind(nik, "nik") if nik else None
    return Person.objects.create(name=name, nik_bi=blind, merged_into=into, first_seen=timezone.now())


def test_a_person_without_nik_or_without_name_is_named_and_no_other() -> None:
    whole = _person("INAQ SUMIATI", "5203014107800001")
    nameless = _person("", "5203014107800002")
    numberless = _person("AMAQ KARTA", None)
    _person("AMAQ KARTA", None, into=whole)
    assert sorted(register.unidentified()) == [nameless.pk, numberless.pk]
