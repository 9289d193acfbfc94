"""Finding people of the register by name and place; spellings of one sound find one another."""

from __future__ import annotations

import re

from django.db.models import Func, QuerySet, TextField, Value

from jaring.people.models import Person

#: Words of a search that are looked for; more say nothing more.
_WORDS = 5


def people(name: str = "", *, desa_code: str = "", kecamatan_code: str = "") -> QuerySet[Person]:
    """Living entries of the register whose name has words beginning with each word of ``name``.

    Spelling does not matter where the sound is one: ``sukardjo`` finds SOEKARJO. By key, so that the
    pages of a long result follow one another.
    """
    found = Person.objects.filter(merged_into=None)
    if desa_code:
        found = found.filter(desa_code=desa_code)
    elif kecamatan_code:
        found = found.filter(kecamatan_code=kecamatan_code)
    for word in words(name):
        # Folded by the same function that folded the register; it begins with the blank before a word.
        found = found.filter(
            sought__contains=Func(Value(word), function="people_sound", output_field=TextField())
        )
    return found.order_by("pk")


def words(name: str) -> list[str]:
    """The words of a search: letters only, so that no sign means anything to the database."""
    parts = re.sub(r"[^\w\s]|[\d_]", "", name, flags=re.UNICODE).split()
    return [part for part in parts if part][:_WORDS]
