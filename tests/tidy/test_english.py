"""The site speaks two languages completely: every text has its English, and the catalogue is as compiled."""

from __future__ import annotations

import re

from tests.tidy import catalogue

_FIELDS = re.compile(r"%\((\w+)\)s|\{(\w*)\}")


def test_every_text_has_its_english_and_no_english_is_left_over() -> None:
    said, english = catalogue.said(), catalogue.translated(catalogue.catalogue())
    missing = {key: place for key, place in said.items() if not _given(english.get(key))}
    assert missing == {}, "run `python -m tests.tidy.catalogue` and fill in the English"
    assert set(english) - set(said) == set()


def test_english_keeps_every_value_of_the_sentence() -> None:
    for key, english in catalogue.translated(catalogue.catalogue()).items():
        for text in english if isinstance(english, tuple | list) else [english]:
            assert set(_FIELDS.findall(str(text))) <= set(_FIELDS.findall(key[-1])), key
            assert set(_FIELDS.findall(str(text))) or not _FIELDS.findall(key[0]), key


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.catalogue())


def _given(english: object) -> bool:
    return bool(english) and (isinstance(english, str) or all(english))  # type: ignore[arg-type]
