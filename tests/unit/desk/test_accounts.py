"""Given an admin of accounts, when roles are given and ended, then each has its end, place and reason."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from tests.acting import ready_officer, ready_session

from jaring.journal.models import Entry
from jaring.officers import listing
from jaring.officers.models import Assignment, Officer

pytestmark = pytest.mark.django_db
Acting = Callable[..., Any]
DESA, OTHER = "52.03.01.2001", "52.03.01.2002"


def _words(given: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", given.content.decode()).split())


def _dates(days: int = 100) -> dict[str, str]:
    today = timezone.localdate()
    return {"date_from": str(today), "date_to": str(today + dt.timedelta(days=days))}


def test_a_new_account_shows_its_password_once_and_keeps_it_nowhere(acting: Acting) -> None:
    client = acting("admin_akun")
    given = {"username": "operator.lenek", "name": "Baiq Rahma", "office": "Kantor Desa Lenek"}
    answer = client.post("/akun/petugas/baru/", given)
    password = re.search(r'class="secret"><code>([a-z0-9-]+)<', answer.content.decode())
    assert password is not None
    officer = Officer.objects.get(username="operator.lenek")
    assert officer.check_password(password[1])
    assert officer.password_temporary
    assert answer["Cache-Control"] == "no-store"
    assert all(password[1] not in str(one.get_decoded()) for one in Session.objects.all())
    assert not any(password[1].encode() in bytes(one.body) for one in Entry.objects.all())
    # Sent again it is refused: the account is there.
    again = _words(client.post("/akun/petugas/baru/", given))
    assert "Akun operator.lenek sudah ada." in again


def test_a_role_has_places_and_an_end(acting: Acting) -> None:
    client = acting("admin_akun")
    officer = ready_officer("petugas.baru", "pimpinan")
    address = f"/akun/petugas/{officer.pk}/peran/operator_desa/"
    none = _words(client.post(address, _dates()))
    assert "Peran desa harus menyebut desanya." in none
    client.post(address, {**_dates(), "territory": [DESA, OTHER]})
    made = Assignment.objects.get(officer=officer, role="operator_desa")
    assert (made.territory, made.by) == ([DESA, OTHER], client.officer.username)
    page = _words(client.get(f"/akun/petugas/{officer.pk}/"))
    assert "Operator desa atau kelurahan Tanjung Luar, Pijot" in page
    # The picker works without script: every desa is a box in the form itself.
    form = client.get(address).content.decode()
    assert form.count('type="checkbox"') == 254
    assert form.count("<details") >= 21


def test_incompatible_roles_are_refused_with_the_sentence(acting: Acting) -> None:
    client = acting("admin_akun")
    officer = ready_officer("pengolah.satu", "disnakertrans")
    choices = _words(client.get(f"/akun/petugas/{officer.pk}/peran/"))
    assert "Tidak boleh dipegang bersama Disnakertrans (pengolah)." in choices
    answer = _words(client.post(f"/akun/petugas/{officer.pk}/peran/penyetuju/", _dates()))
    assert "Peran penyetuju tidak boleh dipegang orang yang sama dengan peran disnakertrans." in answer
    assert not Assignment.objects.filter(officer=officer, role="penyetuju").exists()


def test_a_limit_and_kinds_are_asked_only_where_the_role_knows_them(acting: Acting) -> None:
    client = acting("admin_akun")
    officer = ready_officer("kepala.satu", "pimpinan")
    address = f"/akun/petugas/{officer.pk}/peran/penyetuju/"
    wrong = _words(client.post(address, {**_dates(), "limit_idr": "banyak"}))
    assert "Tulis rupiah dengan angka saja" in wrong
    client.post(address, {**_dates(), "limit_idr": "500.000.000"})
    assert Assignment.objects.get(officer=officer, role="penyetuju").limit_idr == 500_000_000
    other = ready_officer("dinas.satu", "pimpinan")
    office = f"/akun/petugas/{other.pk}/peran/dinas/"
    assert "limit_idr" not in client.get(office).content.decode()
    client.post(office, {**_dates(), "kinds": ["petani"]})
    assert Assignment.objects.get(officer=other, role="dinas").kinds == ["petani"]


def test_a_role_is_ended_with_a_reason_and_the_session_with_it(acting: Acting) -> None:
    from django.test import Client

    client = acting("admin_akun")
    officer = ready_officer("dpmd.satu", "dpmd")
    own = Client()
    own.cookies["sesi"] = ready_session(officer)
    assert own.get("/iuran-desa/").status_code == 200
    held = Assignment.objects.get(officer=officer)
    address = f"/akun/peran/{held.pk}/akhiri/"
    assert "Alasan" in _words(client.post(address, {"reason": ""}))
    assert own.get("/iuran-desa/").status_code == 200
    client.post(address, {"reason": "Pindah tugas ke kecamatan"})
    held.refresh_from_db()
    assert (held.ended_by, held.ended_reason) == (client.officer.username, "Pindah tugas ke kecamatan")
    assert own.get("/iuran-desa/").status_code == 302
    assert "diakhiri" in _words(client.get(f"/akun/petugas/{officer.pk}/"))


def test_an_account_is_closed_opened_and_given_a_new_password(acting: Acting) -> None:
    client = acting("admin_akun")
    officer = ready_officer("bpkad.satu", "bpkad")
    client.post(f"/akun/petugas/{officer.pk}/nonaktifkan/", {"reason": "Pensiun per 1 Juni"})
    officer.refresh_from_db()
    assert not officer.is_active
    client.post(f"/akun/petugas/{officer.pk}/aktifkan/", {"reason": "Kembali bertugas"})
    before = officer.password
    shown = client.post(f"/akun/petugas/{officer.pk}/kata-sandi/").content.decode()
    officer.refresh_from_db()
    assert officer.is_active
    assert officer.password != before
    password = re.search(r'class="secret"><code>([a-z0-9-]+)<', shown)
    assert password is not None
    assert officer.check_password(password[1])
    assert officer.authenticator_set.exists()
    client.post(f"/akun/petugas/{officer.pk}/faktor-kedua/", {"reason": "Ponselnya hilang di pasar"})
    assert not officer.authenticator_set.exists()


def test_nobody_closes_their_own_account_or_gives_themselves_a_role(acting: Acting) -> None:
    client = acting("admin_akun")
    own = client.officer.pk
    closed = _words(client.post(f"/akun/petugas/{own}/nonaktifkan/", {"reason": "Mencoba menutup sendiri"}))
    assert "Akun sendiri tidak dapat dinonaktifkan." in closed
    given = _words(client.post(f"/akun/petugas/{own}/peran/pimpinan/", _dates()))
    assert "Tidak seorang pun memberi peran kepada dirinya sendiri." in given
    assert Officer.objects.get(pk=own).is_active


def test_roles_that_end_soon_stand_on_top_until_they_are_renewed(acting: Acting) -> None:
    client = acting("admin_akun")
    today = timezone.localdate()
    soon = {"date_from": today, "date_to": today + dt.timedelta(days=30)}
    officer = ready_officer("segera", "dpmd", **soon)
    later = ready_officer("nanti", "dpmd", date_from=today, date_to=today + dt.timedelta(days=31))
    assert [one.officer for one in listing.ending(today)] == [officer]
    assert "Segera : DPMD sampai" in _words(client.get("/akun/petugas/"))
    assert "30 hari lagi" in _words(client.get("/akun/petugas/"))
    found = _words(client.get("/akun/petugas/?state=ending"))
    assert "segera" in found
    assert "nanti" not in found
    client.post(f"/akun/petugas/{officer.pk}/peran/dpmd/", _dates(200))
    assert list(listing.ending(today)) == []
    assert later.pk


def test_accounts_are_found_by_name_and_role(acting: Acting) -> None:
    client = acting("admin_akun")
    ready_officer("zul.karnain", "dpmd")
    ready_officer("baiq.nur", "bpkad")
    found = _words(client.get("/akun/petugas/?named=zul"))
    assert "zul.karnain" in found
    assert "baiq.nur" not in found
    found = _words(client.get("/akun/petugas/?role=bpkad"))
    assert "baiq.nur" in found
    assert "zul.karnain" not in found
