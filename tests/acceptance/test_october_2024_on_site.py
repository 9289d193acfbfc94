"""October 2024 on the site: each office does its part on its own pages, from the batch to the last SP2D.

The same published case as ``tests/unit/enrolment/test_october_2024.py``, at full size. People, budget and
decree stand in the register before; everything after goes through requests to pages.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.unit.enrolment.offices import FULL, answer, awarded, bill, load_fund, sealed, sent, sp2d, states

from jaring.cycle import work
from jaring.cycle.models import Work
from jaring.enrolment import actions
from jaring.enrolment.models import Batch, Bill, Decree
from jaring.facts.month import Month
from jaring.world import papers
from jaring.world.cases import october_2024

pytestmark = pytest.mark.big

APRIL, JULY, OCTOBER, NOVEMBER = (Month(2024, n) for n in (4, 7, 10, 11))
WADAH = "SG-DBHCHT"
ENROLLED, BILLED, OWED_IDR = 17_195, 17_172, 288_489_600


def _sends(client: Any, address: str, file: Path) -> None:
    """Upload on a page; its answer is a way onward, not the form again."""
    given = SimpleUploadedFile(file.name, file.read_bytes())
    told = client.post(address, {"file": given})
    assert told.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", told.content.decode())[-1500:]
    _works()
    failed = Work.objects.filter(state="failed").values_list("kind", "sentence").first()
    assert failed is None, failed


def _works() -> None:
    """What pages left to the background is done."""
    work.serve(until_empty=True)


def _enrols(month: Month, maker: Any, checker: Any, insurer: Any, folder: Path) -> None:
    """The batch of the month: made, approved by another, fetched and answered by the insurer."""
    maker.post(f"/bulan/{month}/kerjakan/", {"stage": "batch", "token": f"t{month.number}"})
    _works()
    drafts = Batch.objects.filter(month=month.first, state="draft")
    if not drafts.exists():
        return
    checker.post(f"/persetujuan/berkas/{month}/putus/", {"approve": "1"})
    _works()
    assert not drafts.exists()
    outbox, answers = folder / str(month), []
    outbox.mkdir()
    for batch in Batch.objects.filter(month=month.first):
        got = insurer.post(f"/bpjs/berkas/{batch.pk}/")
        content = b"".join(got) if got.streaming else got.content
        if got["Content-Type"] == "application/zip":
            zipfile.ZipFile(io.BytesIO(content)).extractall(outbox)
        else:
            (outbox / f"batch-{batch.number}.xlsx").write_bytes(content)
    for (number,), part in sent(outbox).partition_by("batch", as_dict=True).items():
        said = [(ref, "DITERIMA", None, None, str(month)) for ref in part["REFERENSI"]]
        answers.append(answer(outbox / f"jawaban-{number}.xlsx", str(number), said))
    for one in answers:
        _sends(insurer, "/bpjs/jawaban/", one)


def test_october_2024_by_its_actors(own_database: str, acting: Callable[..., Any], tmp_path: Path) -> None:
    case = october_2024(2024)
    people = sealed(case.enrolled.select("person", "nik", "name", "birth_date", "sex", "desa_code"))
    load_fund(tmp_path, "DBHCHT-2024", "dbhcht", 2024, ENROLLED * 9 * FULL, (4, 12))
    awarded(APRIL, people["person_id"].to_list(), "dbhcht", 9)
    draft = actions.decree(APRIL, by="staf")
    assert isinstance(draft, Decree)
    actions.approve_decree(draft, by="bupati", number="188.45/1/KEP/2024", date=dt.date(2024, 4, 2))
    maker, checker, insurer = acting("disnakertrans"), acting("penyetuju"), acting("bpjs")
    treasury, leader = acting("bpkad"), acting("pimpinan")

    mutations = case.mutations.join(people.select("person", "person_id"), on="person")
    for number in range(4, 12):
        month = Month(2024, number)
        reported = mutations.filter((pl.col("date") >= (month - 1).first) & (pl.col("date") < month.first))
        if reported.height:
            header = ["NIK", "NAMA", "JENIS", "TANGGAL", "BUKTI"]
            day = pl.col("date").dt.strftime("%d-%m-%Y")
            path = tmp_path / f"mutasi_{month}.xlsx"
            rows = reported.select("nik", "name", "kind", day, "proof").rows()
            papers.book(path, {"mutasi": (header, rows)})
            _sends(maker, "/mutasi/berkas/", path)
        _enrols(month, maker, checker, insurer, tmp_path)
        left = ENROLLED - mutations.filter(pl.col("date") < month.first).height
        bills = bill(tmp_path / f"tagihan-{month}.xlsx", [(f"TG-{month}", WADAH, str(month), left, FULL)])
        _sends(insurer, "/bpjs/tagihan/", bills)
        if month < JULY:
            row = (f"SP2D-{month}", f"28-{number:02d}-2024", f"TG-{month}", left * FULL)
            _sends(treasury, "/bayar/sp2d/berkas/", sp2d(tmp_path / f"sp2d-{month}.xlsx", [row]))
            assert states(month)["paid"] == left
    changed = Bill.objects.get(month=dt.date(2024, 9, 1), state="changed")
    anew = [("TG-2024-09-R1", WADAH, "2024-09", changed.people - 1, FULL)]
    _sends(insurer, "/bpjs/tagihan/", bill(tmp_path / "tagihan-2024-09-2.xlsx", anew))

    # October's bill, on the page of the labour office: 17,172 people, Rp288,489,600, and it agrees.
    page = maker.get("/tagihan/2024-10/").content.decode()
    assert "288.489.600" in page
    assert "17.172" in page
    october = Bill.objects.get(month=OCTOBER.first)
    assert (october.people, october.billed_idr, october.recomputed_idr) == (BILLED, OWED_IDR, OWED_IDR)

    # July to October unpaid: five claims of Rp42 million wait, where the Bupati and the treasury look.
    for client, address in ((leader, "/pimpinan/?bulan=2024-10"), (treasury, "/bayar/")):
        page = client.get(address).content.decode()
        assert "Rp210.000.000" in page, address
    assert "288.489.600" in treasury.get("/bayar/").content.decode()
    assert all("paid" not in states(Month(2024, n)) for n in range(7, 11))
    sheet = leader.get("/pimpinan/?bulan=2024-10").content.decode()
    assert re.search(r"Klaim kematian tertahan</a></span><strong>5</strong>", sheet)

    # The SP2D of 30 October pays July to November at once, and they unblock.
    owed = list(Bill.objects.filter(month__gte=JULY.first, state="matched").order_by("month"))
    total, numbers = sum(one.billed_idr for one in owed), ";".join(one.number for one in owed)
    row = ("04417/SP2D-LS/2024", "30-10-2024", numbers, total)
    _sends(treasury, "/bayar/sp2d/berkas/", sp2d(tmp_path / "sp2d-2024-10-30.xlsx", [row]))
    assert [states(Month(2024, n))["paid"] for n in range(7, 12)] == [one.people for one in owed]
    assert states(OCTOBER)["paid"] == BILLED
    _works()
    page = leader.get("/pimpinan/?bulan=2024-10").content.decode()
    assert "Rp210.000.000" not in page
    assert "17.172" in page
    assert "Rp210.000.000" not in treasury.get("/bayar/").content.decode()
