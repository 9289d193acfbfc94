"""Micro and small businesses and their owners."""

from __future__ import annotations

from jaring.rosters.formats import Format

FORMAT = Format(
    kind="umkm",
    label="Pelaku UMKM",
    heads={
        "nama usaha": 3,
        "jenis usaha": 2,
        "omzet": 2,
        "omset": 2,
        "nib": 2,
        "no nib": 2,
        "alamat usaha": 1,
        "nama pemilik": 2,
        "nama pelaku usaha": 3,
        "nama umkm": 3,
    },
    words={r"\bumkm\b|usaha mikro|koperasi": 2},
    own={"nama usaha": "employer", "nama umkm": "employer"},
    segment="umkm",
    whole=True,
)
