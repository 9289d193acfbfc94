"""Dukcapil: who died and who moved, and extracts of SIAK for two kecamatan."""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.world.dice import dice
from jaring.world.output import Book, Inbox, write_csv
from jaring.world.regency import Regency
from jaring.world.written import csv_niks, date_cells, nik_cells, typed

_STATUS = [
    "NO",
    "NIK",
    "NAMA LENGKAP",
    "TANGGAL LAHIR",
    "JENIS PERISTIWA",
    "TANGGAL PERISTIWA",
    "NOMOR AKTA/SURAT",
    "DESA/KELURAHAN",
    "KECAMATAN",
]
#: The 37 columns of SIAK's own layout (programme.md §4.3 E).
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
_SHDK = {"kepala": "Kepala Keluarga", "istri": "Istri", "anak": "Anak", "orang_tua": "Orang Tua"}


def write(regency: Regency, inbox: Inbox) -> None:
    """The status list as a workbook, the extracts as CSV of two kinds."""
    _status(regency, inbox)
    kecamatan = (
        regency.units.filter(pl.col("kind") == "desa")["kecamatan_code"].unique(maintain_order=True).to_list()
    )
    for place, code in enumerate(kecamatan[: regency.size.of("siak_kecamatan") + 1][-2:]):
        _siak(regency, inbox, code, place)


def _status(regency: Regency, inbox: Inbox) -> None:
    rng = dice(regency.seed, "dukcapil")
    dead = regency.people.filter(pl.col("status") == "mati").select("person")
    known = dead[np.sort(rng.permutation(dead.height)[: regency.size.of("meninggal")])]
    moved = regency.people.filter(pl.col("status") == "pindah").select("person")
    rows = typed(rng, regency.with_truth(pl.concat([known, moved])), regency.region, "dukcapil").sort(
        "event_date"
    )
    died = (rows["status"] == "mati").to_list()
    cells = zip(
        range(1, rows.height + 1),
        nik_cells(rows),
        rows["t_name"].to_list(),
        date_cells(rng, rows["t_birth"], "dmy-"),
        ["MENINGGAL" if d else "PINDAH" for d in died],
        date_cells(rng, rows["event_date"], "dmy-"),
        [f"{'5203-KM' if d else 'SKPWNI/5203'}-{n:06d}" for n, d in enumerate(died, start=1)],
        rows["t_desa"].to_list(),
        rows["t_kecamatan"].to_list(),
        strict=True,
    )
    with Book(inbox, "dukcapil", "status_kependudukan_2026-03.xlsx", rows.height) as book:
        titles = ["DATA PERISTIWA KEPENDUDUKAN KABUPATEN LOMBOK TIMUR", "s.d. 15 Maret 2026"]
        book.sheet("PERISTIWA", _STATUS, cells, rows["person"], titles=titles, faults=rows)
    inbox.announce(book.path, kind="dukcapil", as_of="2026-03-15")


def _siak(regency: Regency, inbox: Inbox, code: str, place: int) -> None:
    """Families of one kecamatan, first to last card, until the extract is full."""
    rng = dice(regency.seed, "siak", code)
    some = regency.people.filter(pl.col("kecamatan_code") == code).head(regency.size.of("siak_baris"))
    rows = typed(rng, some, regency.region, "siak")
    day = "%d/%m/%Y"
    birth = (
        (pl.col("t_birth").cast(pl.Int32) + 25_569).cast(pl.String)
        if place == 0
        else pl.col("t_birth").dt.strftime(day)
    )
    filled = {
        "Nomor KK": pl.col("no_kk"),
        "NIK": pl.lit(csv_niks(rows)),
        "Nama Penduduk": pl.col("t_name"),
        "Status": pl.col("status").replace({"hidup": "Hidup", "mati": "Meninggal", "pindah": "Pindah"}),
        "Tempat Lahir": pl.col("birth_place"),
        "Tanggal Lahir": birth,
        "Kelamin": pl.when("male").then(pl.lit("Laki-Laki")).otherwise(pl.lit("Perempuan")),
        "Ayah": pl.col("father_name"),
        "Ibu": pl.col("mother_name"),
        "Status Kawin": pl.when(pl.col("slot") < 2).then(pl.lit("Kawin")).otherwise(pl.lit("Belum Kawin")),
        "SHDK": pl.col("role").replace(_SHDK),
        "Agama": pl.lit("Islam"),
        "Kecamatan": pl.col("kecamatan").str.to_uppercase(),
        "Desa/Kel": pl.col("desa").str.to_uppercase(),
        # A dash that only one code page of Windows knows under this byte.
        "Alamat": pl.concat_str(pl.lit("Dusun – "), pl.col("dusun").str.to_titlecase()),
        "RW": pl.col("rw"),
        "RT": pl.col("rt"),
        "Pendidikan": pl.lit("SLTA/Sederajat"),
        "Pekerjaan": pl.col("occupation").fill_null("Belum/Tidak Bekerja").str.to_titlecase(),
        "Tgl Ubah": pl.lit("01/02/2026"),
    }
    frame = rows.select((filled.get(name, pl.lit(None, dtype=pl.String))).alias(name) for name in SIAK)
    kecamatan = str(rows["kecamatan"][0]).replace(" ", "_")
    if place == 0:
        path = write_csv(
            inbox, "dukcapil", f"siak_{kecamatan}.csv", frame, rows["person"], encoding="cp1252", faults=rows
        )
    else:
        path = write_csv(
            inbox, "dukcapil", f"siak_{kecamatan}.txt", frame, rows["person"], separator="\t", faults=rows
        )
    inbox.announce(path, kind="siak", as_of="2026-02-28")
