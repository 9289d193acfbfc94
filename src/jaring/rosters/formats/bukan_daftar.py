"""Files of other rooms in the same inbox: budgets, answers, bills, payments, mutations."""

from __future__ import annotations

from jaring.rosters.formats import Format

FORMAT = Format(
    kind="bukan_daftar",
    label="Bukan daftar orang",
    heads={
        "budget idr": 9,
        "referensi": 6,
        "nomor tagihan": 9,
        "nomor sp2d": 9,
        "kode iuran": 5,
        "bukti": 4,
        "nomor batch": 9,
        "kode rekening": 9,
        "pagu anggaran": 6,
    },
    words={r"\bdpa\b|\bdppa\b|anggaran 20\d\d|^jawaban|^tagihan|^sp2d|^mutasi|^batch": 6},
    persons=False,
    roster=False,
)
