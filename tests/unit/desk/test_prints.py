"""Papers of a desa: each officer their own desa's, as files that name nobody in their own name."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from tests.unit.enrolment.villages import DESA, OFFICIAL_YEAR, OTHER, budget, enrolled, officials, villagers

from jaring.cycle.models import Step
from jaring.enrolment.models import Card, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_desa_with_people(tmp_path: Path) -> None:
    from django.utils import timezone

    people = villagers(3)
    officials(people)
    budget(tmp_path, DESA, 3 * OFFICIAL_YEAR)
    enrolled(tmp_path, people)
    Step.objects.create(
        month="2026-04-01",
        name="cover",
        order=12,
        done=True,
        counts={},
        seconds=1.0,
        finished_at=timezone.now(),
        by="uji",
    )


def _words(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join((page.extract_text() or "").split()) for page in pages)


def test_a_village_operator_makes_and_prints_their_own(acting: Callable[..., Any]) -> None:
    client = acting("operator_desa", territory=[DESA])
    assert client.get("/cetak/")["Location"] == f"/cetak/{DESA}/"
    page = client.get(f"/cetak/{DESA}/").content.decode()
    assert "3 peserta tahun ini; belum ada kartu." in page
    made = client.post(f"/cetak/{DESA}/kartu/buat/", follow=True).content.decode()
    assert "3 kartu dibuat." in made
    assert Card.objects.count() == 3
    again = client.post(f"/cetak/{DESA}/kartu/buat/", follow=True).content.decode()
    assert "Semua peserta sudah memiliki kartu." in again
    wanted = {
        "musdes": ("3 orang memenuhi syarat", f"musdes-{DESA}-2026-04.pdf"),
        "kartu": ("testserver/k/", f"kartu-{DESA}.pdf"),
        "serah-terima": ("DAFTAR SERAH TERIMA KARTU PESERTA", f"serah-terima-{DESA}.pdf"),
        "selebaran": ("Kantor Desa Tanjung Luar", f"selebaran-{DESA}.pdf"),
    }
    for paper, (words, name) in wanted.items():
        answer = client.post(f"/cetak/{DESA}/{paper}/")
        assert words in _words(answer)
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.content == client.post(f"/cetak/{DESA}/{paper}/").content
    assert Letter.objects.count() == 4


def test_another_desa_and_another_paper_are_not_there(acting: Callable[..., Any]) -> None:
    client = acting("operator_desa", territory=[OTHER])
    assert client.get(f"/cetak/{DESA}/").status_code == 404
    assert client.post(f"/cetak/{DESA}/kartu/buat/").status_code == 404
    assert client.post(f"/cetak/{DESA}/musdes/").status_code == 404
    assert client.post(f"/cetak/{OTHER}/lain/").status_code == 404
    assert not Card.objects.exists()


def test_an_office_that_reads_no_register_prints_the_leaflet_alone(acting: Callable[..., Any]) -> None:
    client = acting("dpmd")
    assert "Desa atau kelurahan" not in client.get("/cetak/").content.decode()
    assert "Rp42 juta" in _words(client.post("/cetak/selebaran/"))
    assert client.post(f"/cetak/{DESA}/musdes/").status_code == 404


def test_the_labour_office_chooses_among_all(acting: Callable[..., Any]) -> None:
    client = acting("disnakertrans")
    page = client.get("/cetak/").content.decode()
    assert page.count("<optgroup") == 21
    assert client.get(f"/cetak/?desa={DESA}")["Location"] == f"/cetak/{DESA}/"
    assert "error" in client.get("/cetak/?desa=99.99").content.decode()


def test_a_list_that_is_not_there_says_why(acting: Callable[..., Any]) -> None:
    answer = acting("operator_desa", territory=[DESA]).post(f"/cetak/{DESA}/kartu/")
    assert answer.status_code == 409
    assert "Belum ada kartu bagi desa ini." in answer.content.decode()


def test_a_lost_card_is_replaced_and_printed_alone(acting: Callable[..., Any]) -> None:
    client = acting("operator_desa", territory=[DESA])
    client.post(f"/cetak/{DESA}/kartu/buat/")
    lost = Card.objects.order_by("person__name").first()
    assert lost is not None
    listed = client.get(f"/cetak/{DESA}/kartu/daftar/").content.decode()
    assert listed.count("/ganti/") == 3
    door = f"/cetak/{DESA}/kartu/{lost.pk}/ganti/"
    assert client.get(f"/cetak/{OTHER}/kartu/{lost.pk}/ganti/").status_code == 404
    assert "Alasan" in client.post(door, {"reason": ""}).content.decode()
    assert Card.objects.count() == 3
    told = client.post(door, {"reason": "hilang di pasar Keruak"}, follow=True).content.decode()
    assert "Kartu lama dicabut, kartu baru dibuat." in told
    assert "Unduh 1 kartu yang terakhir dibuat" in told
    assert Card.objects.filter(revoked_at__isnull=True).count() == 3
    assert client.get(door).status_code == 404
    alone = client.post(f"/cetak/{DESA}/kartu-baru/")
    assert _words(alone).count("Kartu Peserta Jaminan Sosial") == 1
    assert _words(client.post(f"/cetak/{DESA}/kartu/")).count("Kartu Peserta Jaminan Sosial") == 3
