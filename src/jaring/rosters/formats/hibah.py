"""Recipients of grants to businesses: who received how much, and when."""

from __future__ import annotations

from jaring.rosters.formats import Format

FORMAT = Format(
    kind="hibah",
    label="Penerima hibah",
    heads={
        "nilai hibah": 5,
        "jumlah hibah": 5,
        "besaran hibah": 5,
        "nominal hibah": 5,
        "nama penerima hibah": 4,
        "nilai bantuan": 4,
        "jumlah bantuan": 4,
        "besaran bantuan": 4,
        "nama penerima": 2,
        "tanggal salur": 2,
        "no sk": 1,
    },
    fields={"amount": 2},
    words={r"hibah": 4, r"penerima bantuan|bantuan modal": 2},
    own={"nama usaha": "employer", "jumlah": "amount"},
    segment="umkm",
    whole=True,
)
