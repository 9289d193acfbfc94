"""Given desa that owe, when DPMD sends letters, then each is numbered, kept and followed by the next."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from tests.unit.enrolment.offices import made_up, sealed

from jaring.decide.models import Decision
from jaring.enrolment.dues import board
from jaring.enrolment.models_paper import Reminder
from jaring.facts.month import Month

pytestmark = pytest.mark.django_db
Acting = Callable[..., Any]
#: Tanjung Luar and Pijot, both of Keruak.
FIRST, SECOND = "52.03.01.2001", "52.03.01.2002"


def _words(given: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", given.content.decode()).split())


def officials() -> dict[str, int]:
    """Officials of two desa whom the law lets ADD pay, and no ADD budgeted: what each needs this year."""
    people = sealed(made_up(5))["person_id"].to_list()
    today = timezone.localdate()
    month = Month.of(today).first
    for person, desa in zip(people, [FIRST] * 3 + [SECOND] * 2, strict=True):
        Decision.objects.create(
            person_id=person,
            month=month,
            version=1,
            law_digest="0" * 64,
            desa_code=desa,
            kecamatan_code=desa[:8],
            alive=True,
            moved=False,
            asn=False,
            abroad=False,
            segments=["perangkat_desa"],
            occupations=[],
            sector="other",
            facts_from="uji",
            eligible=True,
            reasons=[],
            carried_on=False,
            segment="perangkat_desa",
            kind="bpu",
            programmes="jkk+jkm",
            articles="",
            warnings="",
        )
    rows = board(today.year, on=today)
    return dict(rows.filter(rows["officials"] > 0).select("desa_code", "need_idr").iter_rows())


@pytest.fixture
def owing() -> dict[str, int]:
    return officials()


def test_the_board_shows_who_has_not_budgeted_and_whom_it_harms(
    owing: dict[str, int], acting: Acting
) -> None:
    assert set(owing) == {FIRST, SECOND}
    assert owing[FIRST] * 2 == owing[SECOND] * 3 > 0
    words = _words(acting("dpmd").get("/iuran-desa/"))
    assert "Orang belum terlindungi 5 " in words
    assert "2 belum dianggarkan" in words
    assert "237 belum ada daftar aparatur" in words
    narrow = _words(acting("dpmd").get("/iuran-desa/?kecamatan=52.03.01&standing=unbudgeted"))
    assert "Tanjung Luar Keruak belum dianggarkan 3" in narrow
    assert "Selebung" not in narrow


def test_letters_are_looked_at_first_and_then_go_out_together(owing: dict[str, int], acting: Acting) -> None:
    client = acting("dpmd")
    looked = client.post("/iuran-desa/tegur/", {"desa": [FIRST, SECOND]})
    assert "Terbitkan 2 surat teguran?" in _words(looked)
    assert not Reminder.objects.exists()
    done = client.post("/iuran-desa/tegur/", {"desa": [FIRST, SECOND], "langkah": "terbitkan"}, follow=True)
    assert "2 surat teguran terbit dan dinomori." in _words(done)
    letters = list(Reminder.objects.select_related("letter").order_by("desa_code"))
    assert [(one.desa_code, one.level, one.letter.number) for one in letters] == [
        (FIRST, 1, 1),
        (SECOND, 1, 2),
    ]
    packed = client.get(f"/iuran-desa/surat/?surat={letters[0].pk}&surat={letters[1].pk}&zip=1")
    assert len(zipfile.ZipFile(io.BytesIO(packed.content)).namelist()) == 2
    paper = client.get(f"/iuran-desa/surat/{letters[0].pk}/")
    assert paper.content[:5] == b"%PDF-"
    # The same letter again is the same bytes.
    assert client.get(f"/iuran-desa/surat/{letters[0].pk}/").content == paper.content
    # The next one has its day, and is not offered before it.
    village = _words(client.get(f"/iuran-desa/{FIRST}/"))
    assert "Teguran ke-2 boleh terbit sejak" in village
    assert "400.10.2.4/1/PMD/" in village
    early = client.post("/iuran-desa/tegur/", {"desa": [FIRST], "langkah": "terbitkan"}, follow=True)
    assert "Tandai dahulu desa yang dapat disurati hari ini." in _words(early)
    assert Reminder.objects.count() == 2


def test_a_letter_is_taken_back_with_a_reason_and_keeps_its_number(
    owing: dict[str, int], acting: Acting
) -> None:
    client = acting("dpmd")
    client.post("/iuran-desa/tegur/", {"desa": [FIRST], "langkah": "terbitkan"})
    one = Reminder.objects.get()
    assert "Alasan" in _words(client.post(f"/iuran-desa/surat/{one.pk}/tarik/", {"reason": "x"}))
    client.post(f"/iuran-desa/surat/{one.pk}/tarik/", {"reason": "APB Desa sudah diubah kemarin"})
    one.refresh_from_db()
    assert one.withdrawn_reason == "APB Desa sudah diubah kemarin"
    page = _words(client.get(f"/iuran-desa/{FIRST}/"))
    assert "ditarik APB Desa sudah diubah kemarin" in page
    assert client.get(f"/iuran-desa/surat/{one.pk}/tarik/").status_code == 404


def test_a_kelurahan_and_a_code_that_is_none_have_no_dues(acting: Acting) -> None:
    client = acting("dpmd")
    assert client.get("/iuran-desa/52.03.07.1001/").status_code == 404
    assert client.get("/iuran-desa/tiada/").status_code == 404
    assert acting("bpkad").get("/iuran-desa/").status_code == 403
