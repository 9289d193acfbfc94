"""A company's own roster of its workers, with wages."""

from __future__ import annotations

from jaring.rosters.formats import Format

FORMAT = Format(
    kind="perusahaan",
    label="Daftar pekerja perusahaan",
    heads={
        "nama karyawan": 3,
        "nama tenaga kerja": 3,
        "nama pekerja": 2,
        "npp": 2,
        "nama perusahaan": 2,
        "upah": 2,
        "gaji": 2,
        "gaji pokok": 2,
        "tanggal masuk": 1,
    },
    fields={"wage": 2, "npp": 1},
    words={r"\b(pt|cv|ud|koperasi|perusahaan|karyawan|pabrik|hotel|toko)\b": 2},
    segment="pekerja_perusahaan",
    whole=True,
)
