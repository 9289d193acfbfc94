"""Each known layout is recognised and read as it is meant, from an invented sample."""
# ruff: noqa: E501  a sample is read as a table, one row a line

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.rosters.samples import nik, text, workbook

from jaring.rosters.examination import Examination

Checked = Callable[..., Examination]
A, B, C = nik(1), nik(2, 5, 8, 1975, woman=True), nik(3, 30, 11, 1999)
OPENSID = [
    "alamat",
    "dusun",
    "rw",
    "rt",
    "nama",
    "no_kk",
    "nik",
    "sex",
    "tempatlahir",
    "tanggallahir",
    "agama_id",
    "pendidikan_kk_id",
    "pendidikan_sedang_id",
    "pekerjaan_id",
    "status_kawin",
    "kk_level",
    "warganegara_id",
    "ayah_nik",
    "nama_ayah",
    "ibu_nik",
    "nama_ibu",
    "golongan_darah_id",
    "akta_lahir",
    "dokumen_pasport",
    "tanggal_akhir_paspor",
    "dokumen_kitas",
    "akta_perkawinan",
    "tanggalperkawinan",
    "akta_perceraian",
    "tanggalperceraian",
    "cacat_id",
    "cara_kb_id",
    "hamil",
    "ktp_el",
    "status_rekam",
    "alamat_sekarang",
    "status_dasar",
    "suku",
    "tag_id_card",
    "id_asuransi",
    "no_asuransi",
    "lat",
    "lng",
]
SIAK = [
    "Nomor KK",
    "NIK",
    "Nama Penduduk",
    "Status",
    "Tempat Lahir",
    "Tanggal Lahir",
    "Kelamin",
    "NIK Ayah",
    "Ayah",
    "NIK Ibu",
    "Ibu",
    "Status Kawin",
    "SHDK",
    "Agama",
    "Kecamatan",
    "Desa/Kel",
    "Alamat",
    "RW",
    "RT",
    "Pendidikan",
    "Pekerjaan",
    "Deskripsi Pekerjaan",
    "Gol. Darah",
    "Cacat",
    "Cetak KTP",
    "Ganti KTP",
    "KTP Berakhir",
    "Nomor Paspor",
    "Nomor Akta Lahir",
    "Nomor Akta Kawin",
    "Tanggal Kwn",
    "Nomor Akta Cerai",
    "Tgl Cerai",
    "Petugas Registrasi",
    "Tgl Ubah",
    "Petugas Entri",
    "Tgl Entri",
]


def _row(heads: list[str], **cells: Any) -> list[Any]:
    return [cells.get(head) for head in heads]


def test_opensid_residents_by_code(checked: Checked) -> None:
    rows = [
        OPENSID,
        _row(OPENSID, dusun="DASAN BARU", nama="LALU AHMAD", no_kk="5203010101010001", nik=A, sex="1", tanggallahir="1980-03-12",
             pekerjaan_id="9", status_dasar="1", nama_ibu="INAQ SAR", ayah_nik=nik(99)),
        _row(OPENSID, dusun="DASAN BARU", nama="BAIQ SITI", nik=B, sex="2", tanggallahir="05-08-1975", pekerjaan_id="85", status_dasar="2"),
        _row(OPENSID, dusun="DASAN LAMA", nama="AMAQ TUA", nik="0", sex="1", tanggallahir="1940-01-01", status_dasar="3"),
        [None, "###"],
        _row(OPENSID, nama="DI BAWAH TANDA", nik=C),
    ]  # fmt: skip
    found = checked(
        workbook,
        "penduduk_suela.xlsx",
        {"Data Penduduk": rows, "Kode Data": [["Kode", "Nama"], ["1", "Islam"]]},
    )
    assert found.kind == "penduduk"
    assert found.rows["nik"].to_list() == [A, B, None]
    assert found.rows["sex"].to_list() == ["L", "P", "L"]
    assert found.rows["occupation"].to_list() == ["petani/pekebun", "perangkat desa", None]
    assert found.rows["status"].to_list() == ["hidup", "mati", "pindah"]
    assert found.rows["birth_date"].to_list()[:2] == [dt.date(1980, 3, 12), dt.date(1975, 8, 5)]
    assert found.rows["desa_code"].unique().to_list() == ["52.03.16.2004"]
    assert found.rows["segment"].null_count() == 3
    assert found.rows["address"][0] == "Dusun DASAN BARU"
    assert found.summary()["by_code"] == {"nik-tidak-ada": 1}


def test_opensid_residents_by_word(checked: Checked) -> None:
    rows = [
        OPENSID,
        _row(
            OPENSID,
            nama="AHMAD",
            nik=A,
            sex="LAKI-LAKI",
            tanggallahir="12/03/1980",
            pekerjaan_id="NELAYAN/PERIKANAN",
            status_dasar="HIDUP",
        ),
    ]
    found = checked(workbook, "warga.xlsx", {"Data Penduduk": rows}, office="Desa Suela")
    assert (found.kind, found.rows["sex"][0], found.rows["occupation"][0]) == (
        "penduduk",
        "L",
        "NELAYAN/PERIKANAN",
    )


def test_opendk_carries_the_desa_in_each_row(checked: Checked) -> None:
    heads = ["alamat", "dusun", "rw", "rt", "nama", "nomor_kk", "nomor_nik", "jenis_kelamin", "tempat_lahir", "tanggal_lahir",
             "pekerjaan", "hubungan_keluarga", "status_dasar", "desa_id"]  # fmt: skip
    rows = [
        heads,
        _row(
            heads,
            nama="AHMAD",
            nomor_nik=A,
            nomor_kk="5203010101010001",
            desa_id="52.03.16.2004",
            status_dasar="1",
            pekerjaan="9",
        ),
    ]
    found = checked(workbook, "penduduk_dk.xlsx", {"Worksheet": rows})
    assert found.kind == "opendk"
    assert found.rows.select("nik", "no_kk", "desa_code", "occupation", "status").row(0) == (
        A, "5203010101010001", "52.03.16.2004", "petani/pekebun", "hidup")  # fmt: skip


def test_suplemen_has_only_numbers_and_remarks(checked: Checked) -> None:
    rows = [
        ["Peserta", "Keterangan"],
        [A, "calon pekerja rentan: marbot"],
        [B, "nelayan"],
        ["###"],
        [C, "sesudah tanda"],
    ]
    found = checked(workbook, "suplemen.xlsx", {"Suplemen": rows})
    assert found.kind == "suplemen"
    assert found.rows.select("nik", "segment", "accepted").rows() == [
        (A, "marbot", True),
        (B, "nelayan", True),
    ]
    assert found.problems.is_empty()


def test_bantuan_participants_are_read_from_the_second_sheet(checked: Checked) -> None:
    programme = [["ID Program", "7"], ["Nama Program", "BPJS TK"], ["Sasaran Program", "1"], ["###"]]
    heads = ["Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat"]
    rows = [heads, [A, "", A, "AHMAD", "Selong", "1980-03-12", "Dusun Baru"], ["###"]]
    found = checked(workbook, "bantuan.xlsx", {"Program": programme, "Peserta": rows})
    assert found.kind == "suplemen"
    assert found.rows.select("nik", "name", "birth_date").rows() == [(A, "AHMAD", dt.date(1980, 3, 12))]


def test_siak_with_day_numbers_of_excel(checked: Checked) -> None:
    rows = [SIAK, _row(SIAK, **{"NIK": A, "Nama Penduduk": "AHMAD", "Status": "Hidup", "Tanggal Lahir": 29292, "Kelamin": "Laki-laki",
        "Kecamatan": "SUELA", "Desa/Kel": "SUELA", "RT": "003", "RW": "01", "Ibu": "INAQ AHMAD", "NIK Ibu": B})]  # fmt: skip
    found = checked(workbook, "format_siak.xlsx", {"Sheet1": rows})
    assert found.kind == "siak"
    row = found.rows.row(0, named=True)
    assert (row["nik"], row["birth_date"], row["sex"], row["rt"], row["rw"]) == (
        A,
        dt.date(1980, 3, 12),
        "L",
        "3",
        "1",
    )
    assert (row["mother_name"], row["desa_code"], row["status"]) == ("INAQ AHMAD", "52.03.16.2004", "hidup")


def test_farmers_with_land_in_hectares_and_ares(checked: Checked) -> None:
    heads = [
        "No",
        "Nama Petani",
        "NIK",
        "Tempat, Tanggal Lahir",
        "Kelompok Tani",
        "Desa",
        "Kecamatan",
        "Luas Lahan (Ha)",
        "Komoditas",
    ]
    rows = [["DAFTAR CALON PENERIMA DBHCHT 2026"], [], heads,
            [1, "AHMAD", A, "Selong, 12 Maret 1980", "Maju", "Suela", "Suela", 0.5, "Tembakau"],
            [2, "SITI", B, "Sakra, 05-08-1975", "Maju", "Desa Suela", "Kec. Suela", "0,25", "Buruh tani tembakau"],
            [3, "HAMID", C, "Keruak, 30 Nopember 1999", "Bahari", "SUELA", "SUELA", "25 are", "Nelayan"]]  # fmt: skip
    found = checked(workbook, "petani.xlsx", {"2026": rows})
    assert found.kind == "petani"
    assert found.rows["land_m2"].to_list() == [5000, 2500, 2500]
    assert found.rows["segment"].to_list() == ["petani_tembakau", "buruh_tembakau", "nelayan"]
    assert found.rows["birth_date"].to_list() == [
        dt.date(1980, 3, 12),
        dt.date(1975, 8, 5),
        dt.date(1999, 11, 30),
    ]
    assert found.rows["birth_place"].to_list() == ["Selong", "Sakra", "Keruak"]
    assert found.problems.is_empty()


def test_marbot_and_teachers_by_position(checked: Checked) -> None:
    heads = ["NO", "NAMA", "NIK", "JABATAN", "NAMA MASJID/TPQ", "DESA"]
    rows = [
        heads,
        [1, "AHMAD", A, "Marbot", "Nurul Huda", "Suela"],
        [2, "SITI", B, "Guru Ngaji", "TPQ Al-Amin", "Suela"],
    ]
    found = checked(workbook, "data_kesra.xlsx", {"Sheet1": rows})
    assert found.kind == "keagamaan"
    assert found.rows.select("segment", "employer").rows() == [
        ("marbot", "Nurul Huda"),
        ("guru_ngaji", "TPQ Al-Amin"),
    ]


def test_dtsen_without_names(checked: Checked) -> None:
    rows = [
        ["No KK", "NIK", "Desil"],
        ["5203010101010001", A, "1"],
        ["5203010101010001", B, "Desil 2"],
        ["5203010101010002", C, 7],
    ]
    found = checked(text, "dtsen.csv", rows)
    assert found.kind == "dtsen"
    assert found.rows.select("desil", "segment", "accepted").rows() == [
        (1, "miskin", True),
        (2, "miskin", True),
        (7, None, True),
    ]


def test_umkm_and_their_grants(checked: Checked) -> None:
    umkm = [
        ["No", "Nama Pemilik", "NIK", "Nama Usaha", "Jenis Usaha", "Omzet", "Desa"],
        [1, "AHMAD", A, "Berkah", "Kuliner", "Rp 5.000.000", "Suela"],
    ]
    found = checked(workbook, "umkm.xlsx", {"Data": umkm})
    assert (found.kind, found.rows["segment"][0], found.rows["employer"][0]) == ("umkm", "umkm", "Berkah")
    grants = [
        ["No", "Nama Penerima", "NIK", "Nama Usaha", "Nilai Hibah (Rp)", "Tanggal Salur"],
        [1, "AHMAD", A, "Berkah", "Rp 1.000.000,00", "15/12/2025"],
    ]
    found = checked(workbook, "penerima_hibah.xlsx", {"Data": grants})
    assert found.kind == "hibah"
    assert found.rows.select("amount_idr", "event_date").row(0) == (1_000_000, dt.date(2025, 12, 15))


def test_migrant_workers(checked: Checked) -> None:
    rows = [["No", "Nama PMI", "NIK", "Negara Tujuan", "P3MI", "Tgl Berangkat", "Akhir Kontrak", "Desa"],
            [1, "AHMAD", A, "Malaysia", "PT Harapan", dt.date(2025, 6, 1), "31-05-2027", "Suela"]]  # fmt: skip
    found = checked(workbook, "register_pmi.xlsx", {"PMI": rows})
    assert found.kind == "pmi"
    assert found.rows.select("segment", "employer", "event_date", "until").row(0) == (
        "pmi", "PT Harapan", dt.date(2025, 6, 1), dt.date(2027, 5, 31))  # fmt: skip


def test_company_roster_with_wages(checked: Checked) -> None:
    rows = [["PT SUMBER REJEKI"], ["No", "Nama Karyawan", "NIK", "Jabatan", "Gaji Pokok", "NPP", "Program"],
            [1, "AHMAD", A, "Sopir", "Rp2.600.000", "LL000123", "JKK, JKM, JHT"], [2, "SITI", B, "Kasir", 2_750_000, "LL000123", "3 program"]]  # fmt: skip
    found = checked(workbook, "karyawan.xlsx", {"Sheet1": rows})
    assert found.kind == "perusahaan"
    assert found.rows.select("wage_idr", "npp", "programmes").rows() == [
        (2_600_000, "LL000123", "jkk+jkm+jht"), (2_750_000, "LL000123", "jkk+jkm+jht")]  # fmt: skip
    assert found.rows["segment"].unique().to_list() == ["pekerja_perusahaan"]


def test_projects_hold_no_persons(checked: Checked) -> None:
    rows = [["Kode Tender", "Nama Paket", "Penyedia", "Nilai Kontrak", "Tanggal Kontrak", "Tanggal Selesai", "Lokasi"],
            ["9912", "Rehab Jalan Suela", "CV Maju", "Rp 1.250.000.000,00", "01-02-2026", "30-06-2026", "Suela"]]  # fmt: skip
    found = checked(workbook, "lpse.xlsx", {"Paket": rows})
    assert found.kind == "proyek"
    assert found.rows.select("name", "employer", "amount_idr", "event_date", "until", "desa_code", "accepted").row(0) == (
        "Rehab Jalan Suela", "CV Maju", 1_250_000_000, dt.date(2026, 2, 1), dt.date(2026, 6, 30), "52.03.16.2004", True)  # fmt: skip


def test_the_insurers_active_list(checked: Checked) -> None:
    rows = [["NIK", "Nama", "Tanggal Lahir", "Segmen Kepesertaan", "NPP", "Sumber Dana", "JKK", "JKM", "JHT", "Tanggal Kepesertaan"],
            [A, "AHMAD", "12-03-1980", "BPU", "PU0001", "DBHCHT", "v", "v", "-", "01-07-2025"],
            [B, "SITI", "05-08-1975", "PU", "LL000123", "Perusahaan", "Ya", "Ya", "Ya", "01-01-2020"]]  # fmt: skip
    found = checked(workbook, "peserta aktif.xlsx", {"AKTIF": rows})
    assert found.kind == "peserta_aktif"
    assert found.rows.select("cover_segment", "cover_source", "programmes", "event_date").rows() == [
        ("bpu", "dbhcht", "jkk+jkm", dt.date(2025, 7, 1)), ("pu", "employer", "jkk+jkm+jht", dt.date(2020, 1, 1))]  # fmt: skip


def test_dukcapil_tells_deaths_and_moves(checked: Checked) -> None:
    rows = [
        ["NIK", "Nama", "Status Kependudukan", "Tanggal Peristiwa"],
        [A, "AHMAD", "Meninggal", "01/02/2026"],
        [B, "SITI", "Pindah", "03/02/2026"],
    ]
    found = checked(workbook, "dukcapil.xlsx", {"Sheet1": rows})
    assert found.kind == "dukcapil"
    assert found.rows.select("status", "event_date").rows() == [
        ("mati", dt.date(2026, 2, 1)),
        ("pindah", dt.date(2026, 2, 3)),
    ]


@pytest.mark.parametrize(
    ("position", "segment"),
    [
        ("Kepala Desa", "perangkat_desa"), ("Kaur Keuangan", "perangkat_desa"), ("Kadus Dasan Baru", "perangkat_desa"),
        ("Ketua BPD", "bpd"), ("Sekretaris BPD", "bpd"), ("Ketua RT 03", "rt_rw"), ("Kader Posyandu", "kader"),
        ("Anggota Linmas", "satlinmas"), ("BKD", "satlinmas"), ("Hansip", "satlinmas"), ("Staf Kaur Umum", "staf_desa"),
        ("Marbot", "marbot"), ("Guru Ngaji", "guru_ngaji"), ("Juru Kunci", None),
    ],
)  # fmt: skip
def test_positions_of_a_village(checked: Checked, position: str, segment: str | None) -> None:
    rows = [["NO", "NAMA", "NIK", "JABATAN"], [1, "AHMAD", A, position]]
    found = checked(workbook, "aparatur.xlsx", {"Sheet1": rows}, office="Pemerintah Desa Suela")
    assert (found.kind, found.rows["segment"][0]) == ("aparatur", segment)
    assert ("jabatan-tak-dikenal" in found.summary()["by_code"]) == (segment is None)


def test_a_village_workbook_of_several_sheets(checked: Checked) -> None:
    def page(body: str) -> list[list[Any]]:
        return [[f"DAFTAR {body} DESA SUELA KECAMATAN SUELA"], [], ["NO", "NAMA LENGKAP", "NIK", "TGL LAHIR", "SILTAP"],
                [1, "AHMAD", A, "12-03-1980", "Rp 2.022.000"], [], [None, None, None, "Suela, 2 Januari 2026"],
                [None, None, None, "Kepala Desa Suela"], [None, None, None, "H. ALIMUDIN"]]  # fmt: skip

    found = checked(
        workbook,
        "aparatur.xlsx",
        {"PERANGKAT": page("PERANGKAT"), "BPD": page("BPD"), "RT-RW": page("RT/RW")},
    )
    assert found.kind == "aparatur"
    assert found.rows["segment"].to_list() == ["perangkat_desa", "bpd", "rt_rw"]
    assert found.rows["desa_code"].unique().to_list() == ["52.03.16.2004"]
    assert found.summary()["ignored"] == {"tanda-tangan": 9}


def test_a_list_without_signs_is_a_general_one(checked: Checked) -> None:
    found = checked(text, "a.csv", [["Nama", "NIK"], ["AHMAD", A]])
    assert (found.kind, found.accepted) == ("umum", 1)
