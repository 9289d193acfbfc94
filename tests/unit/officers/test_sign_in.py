"""Signing in: who is let in, who is held up, what a session may still do and for how long."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from jaring.journal.models import Entry
from jaring.officers import actions, gate
from jaring.officers.access import fresh, requires
from jaring.officers.models import Assignment, Officer

pytestmark = pytest.mark.django_db
Make = Callable[..., Officer]
DESA, SIBLING = "52.03.01.2001", "52.03.01.2002"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@requires("fund.approve")
@fresh
def approve(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"disetujui {request.method}")


@requires("mutation.report")
def report(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(sorted(request.scope.desa)))  # type: ignore[attr-defined]


urlpatterns = [path("setuju/", approve), path("lapor/", report), path("", include("jaring.desk.urls"))]


@pytest.fixture(autouse=True)
def _own_addresses(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    yield
    cache.clear()


def _sign_in(username: str, password: str, address: str = "10.0.0.1", client: Client | None = None) -> Client:
    client = client or Client(REMOTE_ADDR=address)
    client.answer = client.post("/masuk/", {"login": username, "password": password})  # type: ignore[attr-defined]
    return client


def _inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def _code(at: float | None = None) -> str:
    return format_hotp_value(hotp_value(SECRET, int((at or time.time()) // 30)))


def _factor(officer: Officer) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(officer, SECRET)


def test_the_right_password_opens_a_fresh_session_on_the_journal(make: Make, word: str) -> None:
    make("siti", "operator_desa", territory=[DESA])
    client = Client()
    client.get("/masuk/")
    before = client.session.session_key
    _sign_in("siti", word, client=client)
    assert client.answer.status_code == 302
    assert _inside(client)
    assert client.session.session_key != before
    assert Entry.objects.filter(action="officers.sign_in", actor="siti").count() == 1
    page = client.get("/lapor/")
    assert page.content.decode() == DESA
    assert page["Cache-Control"] == "no-store"


def test_unknown_and_known_officers_get_the_same_answer(make: Make, word: str) -> None:
    make("siti")
    known, unknown = (
        _sign_in(name, "salah-semua-ini", f"10.0.1.{n}").answer for n, name in enumerate(["siti", "budi"])
    )
    text = [page.content.decode().replace("budi", "siti") for page in (known, unknown)]
    token = re.compile(r'csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", text[0]) == token.sub("", text[1])
    assert "tidak cocok" in text[0]
    assert (known.status_code, unknown.status_code) == (200, 200)


def test_five_mistakes_hold_up_their_address_and_not_the_officer(make: Make, word: str) -> None:
    make("siti", "operator_desa", territory=[DESA])
    for _ in range(5):
        assert "tidak cocok" in _sign_in("siti", "salah-semua-ini", "10.6.6.6").answer.content.decode()
    # The stranger is held up, even with the right password and with other letters of the name …
    for name in ("siti", "SITI", " siti "):
        held = _sign_in(name, word, "10.6.6.6")
        assert "Terlalu banyak percobaan" in held.answer.content.decode()
        assert not _inside(held)
    # … the officer at their own desk is not, and nobody else at the stranger's address is.
    assert _inside(_sign_in("siti", word, "10.0.0.1"))
    make("budi")
    assert _inside(_sign_in("budi", word, "10.6.6.6"))


def test_an_address_in_a_header_is_not_believed(make: Make, word: str) -> None:
    make("siti")
    for n in range(6):
        client = Client(REMOTE_ADDR="10.6.6.6", headers={"x-forwarded-for": f"10.9.9.{n}"})
        _sign_in("siti", "salah-semua-ini", client=client)
    assert "Terlalu banyak percobaan" in client.answer.content.decode()


def test_a_disabled_officer_is_out_at_the_next_request(make: Make, word: str) -> None:
    officer = make("siti", "operator_desa", territory=[DESA])
    client = _sign_in("siti", word)
    assert client.get("/lapor/").status_code == 200
    actions.disable(officer, by="admin", reason="pensiun")
    assert client.get("/lapor/").status_code == 302
    assert not _inside(_sign_in("siti", word))


def test_a_role_taken_away_ends_the_session_at_the_next_request(make: Make, word: str) -> None:
    officer = make("siti", "operator_desa", territory=[DESA])
    client = _sign_in("siti", word)
    actions.end_assignment(officer.assignments.get(), by="admin", reason="pindah tugas")
    assert client.get("/lapor/")["Location"].startswith("/masuk/")
    assert _sign_in("siti", word).get("/lapor/").status_code == 403


def test_an_expired_role_opens_nothing_in_a_session_that_is_still_open(make: Make, word: str) -> None:
    make("siti", "operator_desa", territory=[DESA])
    client = _sign_in("siti", word)
    Assignment.objects.update(date_to=timezone.localdate() - datetime.timedelta(days=1))
    assert client.get("/lapor/").status_code == 403


def test_a_new_password_ends_sessions_and_must_be_replaced(make: Make, word: str) -> None:
    officer = make("siti", "operator_desa", territory=[DESA])
    client = _sign_in("siti", word)
    given = actions.new_password(officer, by="admin")
    assert client.get("/lapor/").status_code == 302
    client = _sign_in("siti", given)
    assert client.get("/lapor/")["Location"] == "/kata-sandi/"
    own = "sumur-batu-dekat-pohon-lontar"
    client.post("/kata-sandi/", {"oldpassword": given, "password1": own, "password2": own})
    assert client.get("/lapor/").content.decode() == DESA
    assert Entry.objects.filter(action="officers.own_password").count() == 1


@pytest.mark.parametrize(
    ("idle", "whole", "inside"),
    [(60, 60, True), (29 * 60, 3600, True), (31 * 60, 3600, False), (60, 12 * 3600 + 60, False)],
)
def test_a_session_ends_when_idle_and_at_last_in_any_case(
    make: Make, word: str, idle: int, whole: int, inside: bool
) -> None:
    make("siti", "operator_desa", territory=[DESA])
    client = _sign_in("siti", word)
    client.get("/lapor/")
    session = client.session
    session[gate._SEEN], session[gate._SINCE] = int(time.time()) - idle, int(time.time()) - whole
    session.save()
    assert client.get("/lapor/").status_code == (200 if inside else 302)
    assert _inside(client) is inside
    # Nothing of a session that ended is left to be taken up again.
    assert Session.objects.filter(session_key=session.session_key).exists() is inside


def test_a_money_role_sees_nothing_before_its_second_factor(make: Make, word: str) -> None:
    make("sekda", "penyetuju")
    client = _sign_in("sekda", word)
    for page in ("/setuju/", "/", "/faktor-kedua/recovery-codes/"):
        assert client.get(page)["Location"] == "/faktor-kedua/totp/activate/", page
    setup = client.get("/faktor-kedua/totp/activate/")
    assert setup["Location"].startswith("/buktikan/")
    client.post("/buktikan/", {"password": word, "next": "/faktor-kedua/totp/activate/"})
    secret = client.get("/faktor-kedua/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time() // 30)))
    done = client.post("/faktor-kedua/totp/activate/", {"code": code})
    assert done["Location"] == "/faktor-kedua/recovery-codes/"
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert "Kode" in client.get("/faktor-kedua/recovery-codes/").content.decode()
    # Set up, it cannot be taken off again by its owner, and an admin's doing so is on record.
    refused = client.post("/faktor-kedua/totp/deactivate/")
    assert refused.status_code == 200
    assert Authenticator.objects.filter(type="totp").exists()
    actions.forget_second_factor(Officer.objects.get(username="sekda"), by="admin", reason="telepon hilang")
    assert not Authenticator.objects.exists()
    assert client.get("/setuju/")["Location"].startswith("/masuk/")


def test_with_a_factor_the_password_alone_opens_nothing(make: Make, word: str) -> None:
    _factor(make("sekda", "penyetuju"))
    client = _sign_in("sekda", word)
    assert client.answer["Location"] == "/faktor-kedua/authenticate/"
    assert not _inside(client)
    assert client.get("/setuju/").status_code == 302
    assert client.post("/faktor-kedua/authenticate/", {"code": "000000"}).status_code == 200
    assert not _inside(client)
    client.post("/faktor-kedua/authenticate/", {"code": _code()})
    assert _inside(client)
    assert client.get("/setuju/").content.decode() == "disetujui GET"


def test_a_code_serves_once(make: Make, word: str) -> None:
    _factor(make("sekda", "penyetuju"))
    code = _code()
    for n, inside in ((1, True), (2, False)):
        client = _sign_in("sekda", word, f"10.0.0.{n}")
        client.post("/faktor-kedua/authenticate/", {"code": code})
        assert _inside(client) is inside


def test_what_matters_asks_for_the_factor_again_after_ten_minutes(make: Make, word: str) -> None:
    _factor(make("sekda", "penyetuju"))
    client = _sign_in("sekda", word)
    client.post("/faktor-kedua/authenticate/", {"code": _code()})
    session = client.session
    for shown in session["account_authentication_methods"]:
        shown["at"] -= 601
    session.save()
    assert client.get("/setuju/")["Location"] == "/faktor-kedua/reauthenticate/?next=%2Fsetuju%2F"
    sent = client.post("/setuju/", {"nama": "Amaq Rahasia"}, headers={"referer": "http://testserver/dana/"})
    assert sent["Location"] == "/faktor-kedua/reauthenticate/?next=%2Fdana%2F"
    assert "Amaq Rahasia" not in str(dict(client.session.items()))
    # The password is not the factor.
    assert client.post("/buktikan/", {"password": word}).status_code == 302
    assert client.get("/setuju/").status_code == 302
    before = client.session.session_key
    again = {"code": _code(time.time() + 30), "next": "/setuju/"}
    assert client.post("/faktor-kedua/reauthenticate/", again)["Location"] == "/setuju/"
    assert client.session.session_key != before
    assert client.get("/setuju/").status_code == 200


def test_a_right_that_is_not_held_is_403_and_a_stranger_is_sent_to_sign_in(make: Make, word: str) -> None:
    make("siti", "operator_desa", territory=[DESA])
    client = _sign_in("siti", word)
    page = client.get("/setuju/")
    assert page.status_code == 403
    assert "tidak berhak" in page.content.decode()
    assert Client().get("/setuju/")["Location"] == "/masuk/?next=/setuju/"
    with pytest.raises(ValueError, match="tidak ada"):
        requires("uang.ambil")


@pytest.mark.parametrize("page", ["/masuk/", "/keluar/", "/nonaktif/"])
def test_pages_of_signing_in_obey_the_policy_and_speak_indonesian(page: str) -> None:
    answer = Client().get(page, follow=True)
    text = answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "style=" not in text
    assert 'lang="id"' in text
    for english in ("Sign In", "Sign Out", "Password", "Username", "inactive"):
        assert english not in text
    assert not Client().get(page).has_header("Set-Cookie") or page == "/masuk/"


@pytest.mark.parametrize(
    "page", ["/kata-sandi/", "/faktor-kedua/", "/faktor-kedua/totp/activate/", "/faktor-kedua/webauthn/add/",
             "/faktor-kedua/webauthn/", "/faktor-kedua/recovery-codes/generate/", "/buktikan/", "/keluar/"]
)  # fmt: skip
def test_pages_of_an_account_have_no_inline_style_and_no_english(make: Make, word: str, page: str) -> None:
    make("siti", "operator_desa", territory=[DESA])
    client = _sign_in("siti", word)
    client.post("/buktikan/", {"password": word})
    answer = client.get(page)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "style=" not in text
    assert "onclick" not in text
    for english in (
        "Change",
        "Authenticator",
        "Recovery",
        "Security",
        "Password",
        "Confirm",
        "Sign",
        "Add",
        "Name",
    ):
        assert f">{english}" not in text, english


def test_there_is_no_door_for_signing_up_or_resetting_by_mail() -> None:
    for page in ("/signup/", "/masuk/signup/", "/akun/signup/", "/password/reset/"):
        assert Client().get(page).status_code == 404
