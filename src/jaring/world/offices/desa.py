"""Village offices: OpenSID's own exports, residents (43 columns) for some and supplements for others."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from jaring.world.dice import dice
from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency
from jaring.world.written import nik_cells, recased, typed

#: Exactly these, in this order, or OpenSID refuses the file (programme.md §4.3 A).
PENDUDUK = [
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
#: True occupation → OpenSID's code and word.
_JOBS: dict[str, tuple[int, str]] = {
    "petani tembakau": (9, "PETANI/PEKEBUN"),
    "petani": (9, "PETANI/PEKEBUN"),
    "buruh tani tembakau": (20, "BURUH TANI/PERKEBUNAN"),
    "buruh tani": (20, "BURUH TANI/PERKEBUNAN"),
    "nelayan": (11, "NELAYAN/PERIKANAN"),
    "buruh nelayan": (21, "BURUH NELAYAN/PERIKANAN"),
    "peternak": (10, "PETERNAK"),
    "pedagang": (84, "PEDAGANG"),
    "penjual makanan": (84, "PEDAGANG"),
    "pengrajin tenun": (88, "WIRASWASTA"),
    "wiraswasta": (88, "WIRASWASTA"),
    "penjahit": (88, "WIRASWASTA"),
    "tukang ojek": (14, "TRANSPORTASI"),
    "kusir cidomo": (14, "TRANSPORTASI"),
    "sopir": (81, "SOPIR"),
    "tukang bangunan": (26, "TUKANG BATU"),
    "buruh harian lepas": (19, "BURUH HARIAN LEPAS"),
    "guru honorer": (65, "GURU"),
    "guru ngaji": (45, "USTADZ/MUBALIGH"),
    "marbot": (41, "IMAM MASJID"),
    "karyawan swasta": (15, "KARYAWAN SWASTA"),
    "pegawai negeri": (5, "PEGAWAI NEGERI SIPIL (PNS)"),
    "tentara atau polisi": (6, "TENTARA NASIONAL INDONESIA (TNI)"),
    "pekerja rumah tangga": (19, "BURUH HARIAN LEPAS"),
    "pekerja migran": (15, "KARYAWAN SWASTA"),
}
_LEVEL = {
    "kepala": (1, "KEPALA KELUARGA"),
    "istri": (3, "ISTRI"),
    "anak": (4, "ANAK"),
    "orang_tua": (7, "ORANG TUA"),
}
_ALIVE = {"hidup": (1, "HIDUP"), "mati": (2, "MATI"), "pindah": (3, "PINDAH")}


def write(regency: Regency, inbox: Inbox) -> None:
    """Residents of some desa with codes, of others with words; then supplements."""
    rng = dice(regency.seed, "desa")
    desa = regency.units.filter(pl.col("kind") == "desa")["code"].to_numpy()
    order = rng.permutation(desa)
    full = regency.size.of("penduduk_desa")
    for place, code in enumerate(order[:full]):
        _residents(
            rng, regency, inbox, str(code), words=place % 2 == 1, announced=place != full - 1 or full == 1
        )
    for code in order[full : full + regency.size.of("suplemen_desa")]:
        _supplement(rng, regency, inbox, str(code))


def _residents(
    rng: np.random.Generator, regency: Regency, inbox: Inbox, code: str, *, words: bool, announced: bool
) -> None:
    """All families of one desa, the dead and the moved among them."""
    some = regency.people.filter(pl.col("desa_code") == code)
    rows = recased(typed(rng, some, regency.region, "penduduk"), "upper")
    # Infants have no number yet: the program writes 0.
    infant = (rows["age"] < 1) & pl.Series(rng.random(rows.height) < 0.7)
    rows = rows.with_columns(
        t_nik=pl.when(infant).then(pl.lit("0")).otherwise(pl.col("t_nik")),
        t_numeric=pl.col("t_numeric") & ~infant,
        nik_fault=pl.when(infant).then(pl.lit("nik_zero")).otherwise(pl.col("nik_fault")),
    )
    which = 1 if words else 0
    job = {k: str(v[which]) for k, v in _JOBS.items()}
    none = "BELUM/TIDAK BEKERJA" if words else "1"
    married = {True: ("2", "KAWIN"), False: ("1", "BELUM KAWIN")}
    slots = (rows["slot"] < 2).to_list()
    birth = rows["t_birth"].dt.strftime("%d-%m-%Y" if words else "%Y-%m-%d")
    columns: dict[str, list[Any]] = {
        "alamat": rows["dusun"].to_list(),
        "dusun": rows["dusun"].to_list(),
        "rw": rows["rw"].to_list(),
        "rt": rows["rt"].to_list(),
        "nama": rows["t_name"].to_list(),
        "no_kk": rows["no_kk"].to_list(),
        "nik": nik_cells(rows),
        "sex": [
            ("LAKI-LAKI" if m else "PEREMPUAN") if words else ("1" if m else "2")
            for m in rows["male"].to_list()
        ],
        "tempatlahir": rows["birth_place"].to_list(),
        "tanggallahir": birth.to_list(),
        "agama_id": ["ISLAM" if words else "1"] * rows.height,
        "pekerjaan_id": rows["occupation"]
        .replace_strict(job, default=none, return_dtype=pl.String)
        .to_list(),
        "status_kawin": [married[s][which] for s in slots],
        "kk_level": [str(_LEVEL[r][which]) for r in rows["role"].to_list()],
        "warganegara_id": ["WNI" if words else "1"] * rows.height,
        "nama_ayah": rows["father_name"].to_list(),
        "nama_ibu": rows["mother_name"].to_list(),
        "golongan_darah_id": ["TIDAK TAHU" if words else "13"] * rows.height,
        "status_dasar": [str(_ALIVE[s][which]) for s in rows["status"].to_list()],
        "suku": ["Sasak"] * rows.height,
    }
    blank: list[Any] = [None] * rows.height
    cells = list(zip(*(columns.get(name, blank) for name in PENDUDUK), strict=True))
    name = str(rows["desa"][0]).lower().replace(" ", "_")
    with Book(inbox, "desa", f"penduduk_{name}.xlsx", rows.height) as book:
        book.sheet("Data Penduduk", PENDUDUK, [*cells, (None, "###")], rows["person"], faults=rows)
    if announced:
        inbox.announce(book.path, kind="penduduk", desa_code=code, as_of="2026-03-01")


def _supplement(rng: np.random.Generator, regency: Regency, inbox: Inbox, code: str) -> None:
    """OpenSID's simplest list: a NIK and a remark, closed by ``###``."""
    some = regency.people.filter((pl.col("desa_code") == code) & pl.col("worker") & ~pl.col("asn"))
    weights = some["visible"].to_numpy()
    count = min(some.height, int(rng.integers(40, 120)))
    chosen = np.sort(rng.choice(some.height, count, replace=False, p=weights / weights.sum()))
    rows = typed(rng, some[chosen], regency.region, "suplemen")
    notes = [f"Calon pekerja rentan - {o}" for o in rows["occupation"].to_list()]
    cells = list(zip(nik_cells(rows), notes, strict=True))
    name = str(rows["desa"][0]).lower().replace(" ", "_")
    with Book(inbox, "desa", f"suplemen_{name}.xlsx") as book:
        book.sheet("Peserta", ["Peserta", "Keterangan"], [*cells, ("###", "")], rows["person"], faults=rows)
    inbox.announce(book.path, kind="suplemen", desa_code=code, as_of="2026-02-01")
