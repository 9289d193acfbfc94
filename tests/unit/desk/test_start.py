"""The first page: a visitor signs in, an officer sees their own work and no one else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_visitor_is_led_to_the_sign_in_page() -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/?next=/")


def test_the_menu_holds_what_the_role_may_open(acting: Callable[..., Any]) -> None:
    treasury = acting("bpkad").get("/").content.decode()
    assert "/dana/" in treasury
    village = acting("operator_desa", territory=["52.03.01.2001"]).get("/").content.decode()
    assert "/dana/" not in village
    assert "/cakupan/" in village


def test_english_is_a_choice_of_the_reader_and_not_of_the_browser(acting: Callable[..., Any]) -> None:
    client = acting("bpkad")
    assert 'lang="id"' in client.get("/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    answer = client.post("/bahasa/", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert '<html lang="en">' in client.get("/").content.decode()
