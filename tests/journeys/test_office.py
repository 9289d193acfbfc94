"""Given the labour office's month, when its people work it in a browser, then each step reaches the next."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits
from tests.unit.enrolment.offices import (
    APRIL,
    DESA,
    FULL,
    accepted,
    bill,
    decreed,
    delivered,
    eligible,
    made_up,
    sealed,
)

from jaring.enrolment import actions_report
from jaring.enrolment.models import Batch, BatchLine, PersonMonth
from jaring.funding.models import Proposal
from jaring.officers.scope import WHOLE, scoped
from jaring.people.models import Link, Person, Review, Verdict
from jaring.rosters.models import Roster, Row

pytestmark = [pytest.mark.journey, pytest.mark.works]
Enter = Callable[..., Any]
WADAH = "SG-DBHCHT"
WHY = "daftar nama belum diperiksa di desa"


def _doubtful(count: int) -> list[int]:
    """So many questions about two people of one desa, the weightiest first."""
    people = sealed(made_up(2 * count))["person_id"].to_list()
    roster = Roster.objects.create(
        sha256="0" * 64,
        file_name="daftar.xlsx",
        office="Dinas Uji",
        kind="petani",
        received_at=timezone.now(),
        by="uji",
        rows_in=len(people),
        accepted=len(people),
        quarantined=0,
    )
    for n, person in enumerate(people):
        row = Row.objects.create(
            roster=roster, sheet="1", row_no=n, accepted=True, nik_state="ok", name=f"AMAQ UJI {n}"
        )
        Link.objects.create(row=row, person_id=person, weight=1.0, state="review", record_key=bytes([n]) * 16)
    made = []
    for n in range(count):
        key = hashlib.sha256(str(n).encode()).digest()
        one = Review.objects.create(
            left_key=key[:16],
            right_key=key[16:],
            left_person_id=people[2 * n],
            right_person_id=people[2 * n + 1],
            weight=float(count - n),
            weights={"name": 6.0, "born": 9.0, "sex": 1.0, "place": -3.0, "nik": -1.3},
            opened_at=timezone.now(),
        )
        made.append(one.pk)
    return made


def test_doubtful_people_are_decided_one_key_each(site: str, page: Page, enter: Enter) -> None:
    """Given three questions, when S, B and T are pressed, then three are decided and nothing was clicked."""
    first, second, third = _doubtful(3)
    enter("disnakertrans")
    page.goto(f"{site}/periksa/")
    page.get_by_role("link", name="Mulai memeriksa").click()
    expect(page).to_have_url(f"{site}/periksa/{first}/")
    fits(page)
    page.wait_for_load_state()
    for key, leads in (
        *(("ArrowRight", f"{second}/"), ("ArrowLeft", f"{first}/")),
        *(("s", f"{second}/"), ("b", f"{third}/"), ("t", "")),
    ):
        page.keyboard.press(key)
        page.wait_for_url(f"**/periksa/{leads}")
    assert dict(Review.objects.values_list("pk", "state")) == {
        first: "same",
        second: "different",
        third: "asked",
    }
    assert Verdict.objects.count() == 2
    assert Person.objects.filter(merged_into=None).count() == 5

    # Then the village is asked, and its word comes back to the office.
    enter("operator_desa", [DESA])
    page.goto(f"{site}/")
    page.get_by_text("pertanyaan kantor tentang warga desa Anda").click()
    page.locator("ul.todo a").click()
    fits(page)
    page.get_by_role("button", name="Bukan, dua orang berbeda").click()
    expect(page.get_by_role("status")).to_contain_text("Terima kasih")
    enter("disnakertrans")
    page.goto(f"{site}/periksa/{third}/")
    expect(page.locator("main")).to_contain_text("dua orang berbeda")

    # And a slip is taken back.
    page.goto(f"{site}/periksa/{first}/")
    page.get_by_role("link", name="Batalkan putusan").click()
    page.get_by_role("button", name="Batalkan putusan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Apakah ini orang yang sama?")
    assert Person.objects.filter(merged_into=None).count() == 6


def test_review_works_without_script(site: str, page: Page, enter: Enter) -> None:
    """Given a browser without script, when the buttons are pressed, then each case is decided."""
    first, second = _doubtful(2)
    enter("disnakertrans")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{site}/periksa/{first}/")
    page.get_by_role("button", name="Orang berbeda").click()
    page.wait_for_url(f"**/periksa/{second}/")
    page.get_by_role("button", name="Orang yang sama").click()
    page.wait_for_url("**/periksa/")
    assert set(Review.objects.values_list("state", flat=True)) == {"same", "different"}


def _propose(site: str, page: Page) -> None:
    """Press the month's button and wait until the work behind it has ended."""
    page.goto(f"{site}/usulan/2026-04/")
    page.get_by_role("button", name="Usulkan").click()
    page.wait_for_url("**/pekerjaan/**")
    expect(page.locator("main")).to_contain_text("persetujuan usulan dana", timeout=30_000)


def test_a_proposal_is_refused_made_again_and_approved_by_the_one_who_may(
    site: str, page: Page, enter: Enter, again: Callable[[Any], None], tmp_path: Path
) -> None:
    """Given a maker, a head with a limit and the Sekda, when money is asked for, then each has a part."""
    eligible(tmp_path, 3)
    maker = enter("disnakertrans")
    _propose(site, page)
    page.goto(f"{site}/usulan/2026-04/")
    expect(page.locator("main")).to_contain_text("menunggu persetujuan")
    fits(page)
    # The maker has no door to approve.
    refused = page.goto(f"{site}/persetujuan/")
    assert refused is not None
    assert refused.status == 403

    # The head reads it and sends it back with a reason.
    enter("penyetuju", limit_idr=100_000)
    page.goto(f"{site}/")
    page.get_by_text("surat menunggu persetujuan Anda").click()
    expect(page.locator("main")).to_contain_text("di atas batas Anda")
    page.get_by_role("link", name="Usulan dana April 2026").click()
    fits(page)
    expect(page.locator("main")).to_contain_text("Minta Sekda menyetujuinya")
    expect(page.locator("button[name=approve]")).to_have_count(0)
    page.get_by_text("Tolak dengan alasan").click()
    page.get_by_label("Alasan").fill(WHY)
    page.get_by_role("button", name="Tolak dan kembalikan").click()
    expect(page.get_by_role("status")).to_contain_text("Pembuatnya membaca alasan Anda")

    # The maker reads why, and asks again.
    again(maker)
    page.goto(f"{site}/")
    expect(page.locator("main")).to_contain_text("usulan dana dikembalikan dengan alasan")
    page.get_by_text("usulan dana dikembalikan dengan alasan").click()
    expect(page.locator("main")).to_contain_text(WHY)
    _propose(site, page)

    # The Sekda approves.
    enter("penyetuju")
    page.goto(f"{site}/persetujuan/")
    page.get_by_role("link", name="Usulan dana April 2026").click()
    page.get_by_role("button", name="Setujui 3 orang, Rp453.600").click()
    expect(page.get_by_role("status")).to_contain_text("dana 3 orang dijanjikan")
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["approved", "refused"]


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_a_wrong_bill_is_seen_and_a_right_one_agrees(
    site: str, page: Page, enter: Enter, tmp_path: Path
) -> None:
    """Given three enrolled, when four are billed, then the page says so; when three are, all agree."""
    decreed(tmp_path, 3)
    accepted(delivered(APRIL, tmp_path / "keluar"), tmp_path / "masuk", APRIL)
    over = bill(tmp_path / "tagihan-1.xlsx", [("T-1", WADAH, "2026-04", 4, FULL)])
    good = bill(tmp_path / "tagihan-2.xlsx", [("T-2", WADAH, "2026-04", 3, FULL)])
    enter("disnakertrans")
    for file, said in ((over, "berbeda"), (good, "1 dari 1 wadah cocok")):
        page.goto(f"{site}/tagihan/2026-04/")
        page.get_by_role("link", name="Masukkan tagihan BPJS").click()
        page.get_by_label("Berkas").set_input_files(str(file))
        page.get_by_role("button", name="Periksa dan cocokkan").click()
        page.wait_for_url("**/tagihan/2026-04/", timeout=30_000)
        expect(page.locator("main")).to_contain_text(said)
        fits(page)
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Cetak berita acara (PDF)").click()
    assert downloaded.value.path().read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_a_death_told_by_the_village_leaves_next_months_files(
    site: str, page: Page, enter: Enter, tmp_path: Path
) -> None:
    """Given a report of a death, when the office accepts it, then May's batch ends that person's cover."""
    people = decreed(tmp_path, 2)
    accepted(delivered(APRIL, tmp_path / "keluar"), tmp_path / "masuk", APRIL)
    person: int = people["person_id"][0]
    with scoped(WHOLE):
        actions_report.report(
            uuid.uuid4(), person, "MENINGGAL", dt.date(2026, 4, 9), by="desa.1", note="Akta kematian nomor 12"
        )
    enter("disnakertrans")
    page.goto(f"{site}/")
    page.get_by_text("laporan desa menunggu keputusan").click()
    page.locator("ul.todo a").click()
    fits(page)
    page.get_by_role("button", name="Terima laporan").click()
    expect(page.get_by_role("status")).to_contain_text("8 bulan dihentikan")

    page.goto(f"{site}/surat/2026-05/")
    page.get_by_role("button", name="Susun berkas kirim dan susulan").click()
    page.wait_for_url("**/pekerjaan/**")
    expect(page.locator("main")).to_contain_text("persetujuan kelompok kirim", timeout=30_000)
    lines = BatchLine.objects.filter(batch__in=Batch.objects.filter(month=dt.date(2026, 5, 1)))
    assert [(line.person_id, line.action) for line in lines] == [(person, "HENTI")]
    states = PersonMonth.objects.filter(month=dt.date(2026, 5, 1)).values_list("person_id", "state")
    assert dict(states)[person] == "stopped"
    assert "enrolled" in dict(states).values()
