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
        "nama penerima": 1,
        "no sk": 1,
    },
    fields={"amount": 2},
    words={r"hibah": 4},
    own={"nama usaha": "employer", "jumlah": "amount"},
    segment="umkm",
)
