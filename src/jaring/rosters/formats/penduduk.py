"""OpenSID's resident list: 43 fixed headers, cells as codes or as words. programme.md §4.3 A."""

from __future__ import annotations

import polars as pl

from jaring.rosters.formats import Format

#: Dukcapil's list of occupations, by OpenSID's ``pekerjaan_id``.
OCCUPATIONS = dict(
    enumerate(
        [
            "belum/tidak bekerja",
            "mengurus rumah tangga",
            "pelajar/mahasiswa",
            "pensiunan",
            "pegawai negeri sipil",
            "tni",
            "polri",
            "perdagangan",
            "petani/pekebun",
            "peternak",
            "nelayan/perikanan",
            "industri",
            "konstruksi",
            "transportasi",
            "karyawan swasta",
            "karyawan bumn",
            "karyawan bumd",
            "karyawan honorer",
            "buruh harian lepas",
            "buruh tani/perkebunan",
            "buruh nelayan/perikanan",
            "buruh peternakan",
            "pembantu rumah tangga",
            "tukang cukur",
            "tukang listrik",
            "tukang batu",
            "tukang kayu",
            "tukang sol sepatu",
            "tukang las/pandai besi",
            "tukang jahit",
            "tukang gigi",
            "penata rias",
            "penata busana",
            "penata rambut",
            "mekanik",
            "seniman",
            "tabib",
            "paraji",
            "perancang busana",
            "penterjemah",
            "imam masjid",
            "pendeta",
            "pastor",
            "wartawan",
            "ustadz/mubaligh",
            "juru masak",
            "promotor acara",
            "anggota dpr-ri",
            "anggota dpd",
            "anggota bpk",
            "presiden",
            "wakil presiden",
            "anggota mahkamah konstitusi",
            "anggota kabinet/kementerian",
            "duta besar",
            "gubernur",
            "wakil gubernur",
            "bupati",
            "wakil bupati",
            "walikota",
            "wakil walikota",
            "anggota dprd provinsi",
            "anggota dprd kabupaten/kota",
            "dosen",
            "guru",
            "pilot",
            "pengacara",
            "notaris",
            "arsitek",
            "akuntan",
            "konsultan",
            "dokter",
            "bidan",
            "perawat",
            "apoteker",
            "psikiater/psikolog",
            "penyiar televisi",
            "penyiar radio",
            "pelaut",
            "peneliti",
            "sopir",
            "pialang",
            "paranormal",
            "pedagang",
            "perangkat desa",
            "kepala desa",
            "biarawati",
            "wiraswasta",
            "lainnya",
        ],
        start=1,
    )
)


def refine(frame: pl.DataFrame, context: str) -> pl.DataFrame:
    """Occupation codes become words. A resident list claims no segment for anyone."""
    code = pl.col("occupation").str.extract(r"^([0-9]{1,2})(?:\.0)?$", 1).cast(pl.Int64, strict=False)
    word = code.replace_strict(OCCUPATIONS, default=None, return_dtype=pl.String)
    return frame.with_columns(
        occupation=pl.coalesce(word, "occupation"), segment=pl.lit(None, dtype=pl.String)
    )


FORMAT = Format(
    kind="penduduk",
    label="Data penduduk OpenSID (43 kolom)",
    heads={
        "kk level": 3,
        "pekerjaan id": 3,
        "status dasar": 1,
        "tanggallahir": 2,
        "tempatlahir": 1,
        "agama id": 2,
        "status kawin": 1,
        "id asuransi": 1,
        "alamat sekarang": 1,
    },
    words={r"data penduduk|\bpenduduk\b": 2},
    own={"pekerjaan id": "occupation", "status dasar": "status", "dusun": "hamlet"},
    refine=refine,
)
