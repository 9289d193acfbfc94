"""The insurer's branch: its list of active participants of January 2026, one long CSV."""

from __future__ import annotations

import polars as pl

from jaring.world.dice import dice
from jaring.world.output import Inbox, write_csv
from jaring.world.regency import Regency
from jaring.world.written import csv_niks, typed

_SEGMENTS = {
    "perangkat_desa": "Perangkat Desa",
    "bpd": "BPD",
    "satlinmas": "Satlinmas",
    "staf_desa": "Staf Desa",
    "kader": "Kader Posyandu",
    "rt_rw": "RT/RW",
    "non_asn": "Non ASN",
    "pekerja_perusahaan": "PU",
    "bpu_mandiri": "BPU",
    "bpu_provinsi": "BPU",
    "jakon": "Jasa Konstruksi",
    "pmi": "PMI",
}
_SOURCES = {
    "add": "ADD",
    "apbd": "APBD Kabupaten",
    "employer": "Pemberi Kerja",
    "self": "Mandiri",
    "province": "APBD Provinsi NTB",
}


def write(regency: Regency, inbox: Inbox) -> None:
    """One row a membership: who is covered twice stands twice."""
    rng = dice(regency.seed, "bpjs")
    rows = typed(rng, regency.rows("peserta_aktif"), regency.region, "peserta_aktif")
    rows = rows[rng.permutation(rows.height)]
    kpj = pl.Series(rng.integers(1000, 9999, rows.height)).cast(pl.String)
    frame = rows.select(
        pl.concat_str(pl.lit("21•••••"), pl.lit(kpj)).alias("KPJ"),
        csv_niks(rows).alias("NIK"),
        pl.col("t_name").alias("NAMA PESERTA"),
        pl.col("t_birth").dt.strftime("%d-%m-%Y").alias("TANGGAL LAHIR"),
        pl.col("sex").alias("JENIS KELAMIN"),
        pl.col("part").replace(_SEGMENTS).alias("SEGMEN"),
        pl.col("npp").alias("NPP"),
        pl.col("employer").alias("NAMA BADAN USAHA"),
        pl.col("source").replace(_SOURCES).alias("SUMBER IURAN"),
        pl.col("programmes").str.to_uppercase().str.replace_all("+", ", ", literal=True).alias("PROGRAM"),
        pl.col("wage_idr").alias("UPAH"),
        pl.col("t_desa").alias("DESA"),
        pl.col("t_kecamatan").alias("KECAMATAN"),
        pl.col("since").dt.strftime("%d-%m-%Y").alias("TANGGAL KEPESERTAAN"),
        pl.lit("AKTIF").alias("STATUS"),
    )
    path = write_csv(
        inbox, "bpjs", "peserta_aktif_2026-01.csv", frame, rows["person"], encoding="utf-8-sig", faults=rows
    )
    inbox.announce(path, kind="peserta_aktif", as_of="2026-01-31")
