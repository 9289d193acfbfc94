"""Every worked example of the law, one test for each sentence."""

from __future__ import annotations

import pytest

from jaring.law import examples, loader

ALL = [example for concept in loader.names() for example in examples.of(concept)]


@pytest.mark.parametrize("example", ALL, ids=lambda e: f"{e.concept}: {e.sentence}")
def test_the_law_gives_what_the_example_says(example: examples.Example) -> None:
    assert example.got() == example.wanted()


@pytest.mark.parametrize("concept", loader.names())
def test_a_concept_has_examples(concept: str) -> None:
    assert any(example.concept == concept for example in ALL)
