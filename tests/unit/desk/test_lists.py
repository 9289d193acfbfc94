"""Lists on the site: whose file it is, what is refused at the door, what a screening leaves."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from jaring.cycle import work
from jaring.cycle.models import Work
from jaring.journal.models import Entry
from jaring.rosters.frame import accepted
from jaring.rosters.models import Mapping, Roster, Row

DESA = "52.03.01.2001"
TABLE = (
    b"NIK;NAMA;KELAHIRANNYA;DESA\n"
    b"5203010508800001;Amaq Tani;05-08-1980;Tanjung Luar\n52;Inaq Tani;1-1-1980;Pijot\n"
)


def _upload(client: Any, button: str, *, name: str = "tani.csv", data: bytes = TABLE, **given: str) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post("/daftar/kirim/", {"key": str(uuid.uuid4()), "file": file, button: "1", **given})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("surat.pdf", b"%PDF-1.7", "surat.pdf bukan tabel"),
        ("besar.xlsx", b"x" * (20 * 1024 * 1024 + 1), "paling besar 20 MB"),
        ("kosong.csv", b"", "kosong"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_the_door(
    acting: Callable[..., Any], name: str, data: bytes, said: str
) -> None:
    answer = _upload(acting("operator_desa", territory=[DESA]), "kirim", name=name, data=data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Work.objects.count() == 0


@pytest.mark.django_db
def test_the_office_is_the_officers_own_and_cannot_be_chosen(acting: Callable[..., Any]) -> None:
    answer = _upload(acting("operator_desa", territory=[DESA]), "kirim", office="desa 52.03.01.2002", kind="")
    assert answer.status_code == 422
    farm = acting("dinas", kinds=["petani"], office="pertanian")
    assert _upload(farm, "kirim", office="koperasi", kind="petani").status_code == 422
    assert _upload(farm, "kirim", office="pertanian", kind="umkm").status_code == 422
    assert Work.objects.count() == 0
    assert _upload(farm, "kirim", office="pertanian", kind="petani").status_code == 302
    assert Work.objects.get().arguments["office"] == "pertanian"


@pytest.mark.django_db
def test_the_same_form_sent_twice_starts_one_work(acting: Callable[..., Any]) -> None:
    farm, key = acting("dinas", kinds=["petani"], office="pertanian"), str(uuid.uuid4())
    places = [
        _upload(farm, "kirim", office="pertanian", kind="petani", key=key)["Location"] for _ in range(2)
    ]
    assert places[0] == places[1]
    assert places[0].startswith(f"/pekerjaan/{key}-")
    assert Work.objects.count() == 1


@pytest.mark.django_db
def test_another_file_from_the_same_form_is_another_work(acting: Callable[..., Any]) -> None:
    """Given a form gone back to in the browser, when another file is chosen in it, then it is not lost."""
    farm, key = acting("dinas", kinds=["petani"], office="pertanian"), str(uuid.uuid4())
    for content in (b"NIK;NAMA\n1;A\n", b"NIK;NAMA\n2;B\n"):
        file = SimpleUploadedFile("petani.csv", content)
        given = {"key": key, "file": file, "kirim": "1", "office": "pertanian", "kind": "petani"}
        assert farm.post("/daftar/kirim/", given).status_code == 302
    assert Work.objects.count() == 2


def test_a_screening_stores_no_row_teaches_a_header_and_is_sent(
    own_database: str, acting: Callable[..., Any]
) -> None:
    farm = acting("dinas", kinds=["petani"], office="pertanian")
    _upload(farm, "periksa", office="pertanian", kind="petani")
    work.serve(until_empty=True)
    first = Work.objects.get()
    assert (Row.objects.count(), first.result["counts"]["ditahan"]) == (0, 1)
    page = farm.get(f"/daftar/periksa/{first.key}/").content.decode()
    assert "KELAHIRANNYA" in page
    assert "Amaq Tani" not in page
    told = farm.post(f"/daftar/periksa/{first.key}/berkas/")
    sheet = load_workbook(io.BytesIO(told.content)).worksheets[-1]
    assert [cell.value for cell in sheet[3]][4] == "DITAHAN"
    place = first.result["unused"].index("KELAHIRANNYA")
    farm.post(f"/daftar/periksa/{first.key}/arti/", {f"arti-{place}": "birth_date"})
    assert Mapping.objects.get().field == "birth_date"
    work.serve(until_empty=True)
    second = Work.objects.exclude(pk=first.pk).get()
    assert "KELAHIRANNYA" not in second.result["unused"]
    for _ in range(2):
        farm.post(f"/daftar/periksa/{second.key}/kirim/")
    work.serve(until_empty=True)
    roster = Roster.objects.get()
    assert (roster.rows_in, roster.accepted, roster.quarantined) == (2, 1, 1)
    assert str(Row.objects.get(accepted=True).birth_date) == "1980-08-05"
    assert "Selesai" in farm.get("/").content.decode()
    mine = Work.objects.get(kind="receive")
    assert farm.post(f"/pekerjaan/{mine.key}/buka/")["Location"] == f"/daftar/{roster.pk}/"
    page = farm.get(f"/daftar/{roster.pk}/").content.decode()
    assert "Inaq Tani" in page
    assert "5203010508800001" not in page
    assert farm.post(f"/daftar/{roster.pk}/berkas/").content[:2] == b"PK"
    assert Entry.objects.filter(action="rosters.answered").count() == 1
    # The workbook is the list's owner's, whatever language the page was in.
    answered = farm.post(f"/daftar/{roster.pk}/berkas/").content
    farm.cookies["bahasa"] = "en"
    assert farm.post(f"/daftar/{roster.pk}/berkas/").content == answered
    # Another office of the same kind reads the rows and does not get the file.
    other = acting("dinas", kinds=["petani"], office="perkebunan")
    assert other.get(f"/daftar/{roster.pk}/").status_code == 200
    assert other.post(f"/daftar/{roster.pk}/berkas/").status_code == 404
    assert other.get(f"/daftar/periksa/{first.key}/").status_code == 404


@pytest.mark.django_db
def test_a_work_is_seen_by_who_started_it_and_who_runs_the_month(acting: Callable[..., Any]) -> None:
    farm = acting("dinas", kinds=["petani"], office="pertanian")
    address = _upload(farm, "kirim", office="pertanian", kind="petani")["Location"]
    assert farm.get(address).status_code == 200
    assert acting("disnakertrans").get(address).status_code == 200
    assert acting("dinas", kinds=["petani"]).get(address).status_code == 404
    assert acting("bpkad").get(address).status_code == 404
    part = farm.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert 'hx-trigger="every 700ms"' in part
    # What takes longer is looked at less often.
    Work.objects.update(started_at=timezone.now() - dt.timedelta(minutes=1))
    assert 'hx-trigger="every 2s"' in farm.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert "<h1>" not in part


def test_a_list_is_taken_back_with_a_reason_and_comes_back_when_sent_again(
    own_database: str, acting: Callable[..., Any]
) -> None:
    farm = acting("dinas", kinds=["petani"], office="pertanian")
    _upload(farm, "kirim", office="pertanian", kind="petani")
    work.serve(until_empty=True)
    roster = Roster.objects.get()
    assert "tertahan dan menunggu perbaikan" in farm.get("/").content.decode()
    address = f"/daftar/{roster.pk}/tarik/"
    assert acting("dinas", kinds=["petani"], office="perkebunan").get(address).status_code == 404
    assert farm.post(address, {"reason": "pendek"}).status_code == 422
    assert farm.post(address, {"reason": "Diganti daftar April yang benar"}).status_code == 302
    roster.refresh_from_db()
    assert roster.state == "replaced"
    assert "tertahan dan menunggu perbaikan" not in farm.get("/").content.decode()
    assert accepted().is_empty()
    _upload(farm, "kirim", office="pertanian", kind="petani")
    work.serve(until_empty=True)
    roster.refresh_from_db()
    assert (roster.state, Roster.objects.count(), accepted().height) == ("received", 1, 1)
    actions = Entry.objects.filter(action__in=["rosters.withdraw", "rosters.bring_back"])
    assert actions.count() == 2
