"""A village's workbook of its officials: a sheet per body or one for all, positions in a column."""

from __future__ import annotations

from jaring.rosters.formats import Format

FORMAT = Format(
    kind="aparatur",
    label="Aparatur dan lembaga desa",
    heads={
        "nama perangkat": 4,
        "nama aparatur": 4,
        "nama aparat": 4,
        "jabatan dalam desa": 4,
        "siltap": 3,
        "penghasilan tetap": 3,
    },
    fields={"position": 2},
    words={
        r"\bperangkat\b|\baparatur?\b|pemdes|pemerintah desa|kantor desa": 3,
        r"\bbpd\b|linmas|\bbkd\b|rt ?/? ?rw|kader|posyandu|staf desa": 2,
        r"\bdesa\b": 1,
    },
)
