"""Months from the insurer's own list, the January to March gap, and what the letters show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pypdf
import pytest
from tests.unit.enrolment.offices import FULL, accepted, bill, decreed, delivered, made_up, sealed, states

from jaring.enrolment import actions, blocked, letters, paperwork, paperwork_annex, wadah, workbook
from jaring.enrolment.letters.apart import Setting
from jaring.enrolment.models import Decree, Payment, PersonMonth
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.law.settings import LocalSetting
from jaring.people.models import Person
from jaring.rosters.reading import read as read_workbook

JANUARY, APRIL = Month(2026, 1), Month(2026, 4)


def observed(person_ids: list[int], month: Month, source: str, sha: str) -> dict[str, int]:
    frame = pl.DataFrame({"person_id": person_ids}).with_columns(
        month=pl.lit(month.first),
        source=pl.lit(source),
        segment=pl.lit("pekerja_perusahaan"),
        kind=pl.lit("pu"),
        programmes=pl.lit("jkk+jkm"),
        document=pl.lit(sha),
    )
    return actions.observe_cover(frame, by="staf")


@pytest.mark.django_db
def test_the_insurers_list_is_a_document_too(tmp_path: Path) -> None:
    people = sealed(made_up(3))["person_id"].to_list()
    assert observed(people[:2], JANUARY, "employer", "a" * 64) == {
        "orang": 2,
        "known": 0,
        "already_claimed": 0,
    }
    assert observed(people, JANUARY, "employer", "b" * 64) == {"orang": 1, "known": 2, "already_claimed": 0}
    assert observed(people, JANUARY, "employer", "b" * 64) == {"orang": 0, "known": 3, "already_claimed": 0}
    row = PersonMonth.objects.filter(person_id=people[0]).get()
    assert (row.state, row.source, row.source_kind, row.iuran_idr) == ("paid", "employer", "insurer_list", 0)
    assert Payment.objects.filter(kind="insurer_list").count() == 2


@pytest.mark.django_db
def test_a_decree_does_not_take_a_month_that_has_a_payer(tmp_path: Path) -> None:
    """Two payers meet: the month stays with who has it, is kept as refused here, and its money goes back."""
    from tests.unit.enrolment.offices import awarded, load_fund

    from jaring.funding.models import Fund

    people = sealed(made_up(2))["person_id"].to_list()
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, 4 * FULL, (4, 5))
    awarded(APRIL, people, "dbhcht", 2)
    for month in (APRIL, APRIL + 1):
        observed(people[:1], month, "employer", "c" * 64)
    draft = actions.decree(APRIL, by="staf")
    assert draft is not None
    done = actions.approve_decree(draft, by="bupati")
    assert (done["months"], done["taken"]) == (2, 2)
    assert states(APRIL) == {"paid": 1, "decreed": 1, "refused": 1}
    assert PersonMonth.objects.filter(state="refused").first().reason == "sudah-ada-pembayar"  # type: ignore[union-attr]
    assert Fund.objects.get().committed_idr == 2 * FULL


@pytest.mark.django_db
def test_a_draft_whose_awards_changed_cannot_be_signed(tmp_path: Path) -> None:
    from tests.unit.enrolment.offices import awarded, load_fund

    from jaring.funding.actions_after import release

    people = sealed(made_up(2))["person_id"].to_list()
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, 18 * FULL, (4, 12))
    awarded(APRIL, people, "dbhcht", 9)
    draft = actions.decree(APRIL, by="staf")
    assert draft is not None
    assert actions.decree(APRIL, by="lain") == draft
    gone = pl.DataFrame({"person_id": [people[0]], "from_month": [APRIL.first]})
    release(gone, reason="uji", document="uji", by="staf")
    with pytest.raises(Refused, match="isi-sk-berubah"):
        actions.approve_decree(draft, by="bupati")
    again = actions.decree(APRIL, by="staf")
    assert again is not None
    assert (again.people, Decree.objects.get(pk=draft.pk).state) == (1, "withdrawn")
    assert actions.approve_decree(again, by="bupati")["months"] == 9


#: DBHCHT pays April to December (koranntb.com 2023-11-30); people × 9 × 16,800 are the
#: published budgets of 2023, 2024 and 2025 (programme.md §0.3).
@pytest.mark.parametrize(
    ("people", "published"), [(12_698, 1_919_937_600), (17_195, 2_599_884_000), (17_395, 2_630_124_000)]
)
def test_the_published_budgets(people: int, published: int) -> None:
    months = APRIL.until(Month(2026, 12))
    assert people * len(months) * FULL == published


def test_the_gap_opens_the_ten_million_window_again() -> None:
    """Nine months in 2025, none from January to March, again from April: a death in May 2026."""
    paid = pl.DataFrame(
        [(1, m.first) for m in (*Month(2025, 4).until(Month(2025, 12)), *APRIL.until(Month(2026, 12)))],
        schema={"person_id": pl.Int64, "month": pl.Date},
        orient="row",
    )
    deaths = pl.DataFrame({"person_id": [1, 1], "kind": ["bpu"] * 2}).with_columns(
        died_on=pl.Series([dt.date(2026, 5, 20), dt.date(2026, 6, 20)])
    )
    lost = blocked.gap(paid, deaths)
    assert lost["gap_months"].to_list() == [3, 3]
    assert lost["months_in_a_row"].to_list() == [2, 3]
    assert lost["jkm_benefit_idr"].to_list() == [10_000_000, 42_000_000]
    assert lost["lost_idr"].to_list() == [32_000_000, 0]
    # Whether the count starts again is not written anywhere: it is the office's dated setting.
    says_no = LocalSetting(
        "membership.hitungan_diulang", "tidak", dt.date(2026, 1, 1), None, "Disnakertrans", "surat cabang"
    )
    assert blocked.gap(paid, deaths, [says_no])["jkm_benefit_idr"].to_list() == [42_000_000] * 2


def _text(path: Path) -> list[str]:
    return [" ".join((page.extract_text() or "").split()) for page in pypdf.PdfReader(path).pages]


@pytest.mark.django_db
def test_the_annex_is_complete_repeats_its_head_and_holds_no_nik(tmp_path: Path) -> None:
    people = decreed(tmp_path, 120)
    signed = Decree.objects.get()
    place = region("lotim")
    [path] = paperwork_annex.annex(signed, place, tmp_path / "lampiran.pdf", about="Penerima bantuan iuran")
    pages = _text(path)
    whole = " ".join(pages)
    assert len(pages) > 1
    assert all("Iuran sebulan" in page for page in pages)
    assert all(f"Halaman {n} dari {len(pages)}" in page for n, page in enumerate(pages, 1))
    assert "120 orang, 1.080 bulan-orang, Rp18.144.000" in whole
    assert all(name in whole for name in people["name"].unique())
    assert not any(nik[:12] in whole or nik[-4:] + " " + "AMAQ" in whole for nik in people["nik"])
    assert "1980" not in whole
    [again] = paperwork_annex.annex(signed, place, tmp_path / "lagi.pdf", about="Penerima bantuan iuran")
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.django_db
def test_a_long_name_keeps_everybody_beside_their_own_number(tmp_path: Path) -> None:
    """Given a name of three lines in the middle of a column, then each line below still has its own code."""
    decreed(tmp_path, 30)
    long = "BAIQ SITI NURHASANAH WULANDARI PUTRI RAHAYU NINGSIH BINTI LALU MUHAMMAD, S.Pd.I"
    for number, person in enumerate(Person.objects.order_by("pk")):
        Person.objects.filter(pk=person.pk).update(name=long if number == 4 else f"INAQ {number:05b}")
    [path] = paperwork_annex.annex(Decree.objects.get(), region("lotim"), tmp_path / "a.pdf", about="x")
    laid = [page.extract_text(extraction_mode="layout") or "" for page in pypdf.PdfReader(path).pages]
    lines = [" ".join(line.split()) for line in "\n".join(laid).splitlines()]
    said = {str(code)[:8]: name for code, name in Person.objects.values_list("public_id", "name")}
    for code, name in said.items():
        [line] = [line for line in lines if code in line]
        begins = line.split(code)[1].strip()
        assert begins.startswith(name[:20]), line


@pytest.mark.django_db
def test_a_long_annex_comes_in_parts_that_hold_everybody_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = decreed(tmp_path, 40)
    monkeypatch.setattr(paperwork_annex, "_ONE_FILE", 39)
    parts = paperwork_annex.annex(
        Decree.objects.get(), region("lotim"), tmp_path / "lampiran.pdf", about="Penerima bantuan iuran"
    )
    assert parts[0].name == "lampiran-00-rekapitulasi.pdf"
    assert paperwork_annex.lies(tmp_path / "lampiran.pdf")
    assert sorted(path.name for path in tmp_path.glob("*lampiran*")) == sorted(path.name for path in parts)
    assert "Rekapitulasi per kecamatan" in " ".join(_text(parts[0]))
    rest = " ".join(" ".join(_text(part)) for part in parts[1:])
    assert "Rekapitulasi" not in rest
    assert all(name in rest for name in people["name"].unique())


@pytest.mark.django_db
def test_an_annex_that_was_not_waited_for_does_not_lie_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decreed(tmp_path, 5)
    monkeypatch.setattr(paperwork_annex, "_ONE_FILE", 4)
    out = tmp_path / "lampiran.pdf"
    begun = paperwork_annex.begun(Decree.objects.get(), region("lotim"), out, about="Penerima bantuan iuran")
    assert not paperwork_annex.lies(out)
    # The summary comes last: where a run was killed before, the whole annex is set anew.
    kept = begun.wait()
    assert paperwork_annex.lies(out)
    kept[0].unlink()
    assert not paperwork_annex.lies(out)


@pytest.mark.django_db
def test_a_letter_that_cannot_be_set_is_not_left_in_silence(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="sk_lampiran"):
        Setting("sk_lampiran", [({"number": "1"}, tmp_path / "a.pdf")], tagged=False).wait()
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.django_db
def test_the_letters_of_a_month(tmp_path: Path) -> None:
    decreed(tmp_path, 4)
    accepted(delivered(APRIL, tmp_path / "keluar"), tmp_path / "masuk", APRIL)
    place, day = region("lotim"), dt.date(2026, 4, 20)
    head = {"number": "560/1/NAKERTRANS/2026", "date": day}
    [cover] = _text(paperwork.cover(APRIL, place, tmp_path / "pengantar.pdf", **head))
    assert "4 baris dalam 1 berkas" in cover
    assert "dbhcht Kabupaten Lombok Timur".upper() in cover.upper()
    assert "67.200" in cover
    with pytest.raises(Refused, match="tanpa-tagihan"):
        paperwork.minutes(APRIL, APRIL, place, tmp_path / "ba.pdf", **head)
    bill(tmp_path / "masuk" / "tagihan-1.xlsx", [("T1", "SG-DBHCHT", "2026-04", 4, FULL)])
    actions.read_bills(tmp_path / "masuk", by="staf")
    minutes = " ".join(_text(paperwork.minutes(APRIL, APRIL, place, tmp_path / "ba.pdf", **head)))
    assert "cocok" in minutes
    assert "Tidak ada selisih" in minutes
    request = _text(
        paperwork.payment_request(["T1"], place, tmp_path / "spp.pdf", fund="DBHCHT 2026", **head)
    )
    assert "enam puluh tujuh ribu dua ratus rupiah" in request[0]
    assert "15 April 2026" in request[0]
    for name, again in (
        ("pengantar.pdf", lambda out: paperwork.cover(APRIL, place, out, **head)),
        ("ba.pdf", lambda out: paperwork.minutes(APRIL, APRIL, place, out, **head)),
        ("spp.pdf", lambda out: paperwork.payment_request(["T1"], place, out, fund="DBHCHT 2026", **head)),
    ):
        assert again(tmp_path / f"lagi-{name}").read_bytes() == (tmp_path / name).read_bytes(), name
    with pytest.raises(Refused, match="tagihan-belum-cocok"):
        paperwork.payment_request(["T9"], place, tmp_path / "x.pdf", fund="", **head)


def test_a_letter_cannot_be_changed_by_a_name(tmp_path: Path) -> None:
    evil = '#panic("x") *tebal* $1$ \\ "}'
    data = {
        **{
            "region": "Kab",
            "office": evil,
            "branch": "B",
            "place": "Selong",
            "date": "2026-04-20",
            "number": "1",
        },
        **{"month": "2026-04-01", "people": 0, "files": 0, "batches": [], "signer": {"title": evil}},
        **{"add": 0, "go_on": 0, "stop": 0, "iuran_idr": 0},
    }
    letters.render("pengantar", data, tmp_path / "a.pdf")
    assert "*tebal*" in _text(tmp_path / "a.pdf")[0]
    with pytest.raises(Refused, match="surat-tak-dikenal"):
        letters.render("../surat", data)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (1_000, "seribu"),
        (100_100, "seratus ribu seratus"),
        (21_015, "dua puluh satu ribu lima belas"),
        (
            288_489_600,
            "dua ratus delapan puluh delapan juta empat ratus delapan puluh sembilan ribu enam ratus",
        ),
    ],
)
def test_sums_in_words(number: int, words: str) -> None:
    assert letters.in_words(number) == words


def test_a_workbook_keeps_what_it_was_given(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"NIK": ["5203070101800001", None, "0"], "NAMA": ["=1+1", "A & <B> \x07", "  spasi "]}
    )
    path = workbook.write(tmp_path / "a.xlsx", {"peserta": frame})
    again = workbook.write(tmp_path / "b.xlsx", {"peserta": frame})
    assert path.read_bytes() == again.read_bytes()
    [sheet] = read_workbook(path).sheets
    assert sheet.frame.rows() == [
        ("NIK", "NAMA"),
        ("5203070101800001", "=1+1"),
        (None, "A & <B> "),
        ("0", "  spasi "),
    ]
    assert sheet.kinds == {}


def test_wadah_by_payer_and_place() -> None:
    frame = pl.DataFrame(
        [
            ("bpu", "SG", "dbhcht", "DBHCHT-2026", None, "52.03.07.1001"),
            ("bpu", "SD", "add", "ADD-X", "52.03.01.2001", "52.03.01.2001"),
            ("pu", "SG", "apbd", "APBD-2026", None, "52.03.07.1001"),
            ("pu", "SG", "apbd", "APBD-2026", None, None),
            ("bpu", "SB", "csr", "CSR-BANK", None, None),
        ],
        schema=["kind", "form", "source", "fund", "fund_desa", "own"],
        orient="row",
    )
    codes = frame.select(wadah.code(*map(pl.col, frame.columns)).alias("code"))["code"].to_list()
    assert codes == [
        "SG-DBHCHT",
        "SD-ADD-52.03.01.2001",
        "PU-APBD-52.03.07.1001",
        "PU-APBD-KAB",
        "SB-CSR-BANK",
    ]
    names = wadah.names(codes, region("lotim"))
    assert names["SG-DBHCHT"] == "DBHCHT Kabupaten Lombok Timur"
    assert names["PU-APBD-52.03.07.1001"] == "APBD Kelurahan Pancor (PU)"
    assert names["SB-CSR-BANK"] == "Perbankan CSR-BANK"
