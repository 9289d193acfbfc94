"""OpenDK's exchange of residents: OpenSID's columns renamed, the desa in each row. programme.md §4.3 D."""

from __future__ import annotations

from jaring.rosters.formats import Format
from jaring.rosters.formats.penduduk import refine

FORMAT = Format(
    kind="opendk",
    label="Data penduduk OpenDK",
    heads={
        "nomor nik": 4,
        "nomor kk": 1,
        "hubungan keluarga": 2,
        "pendidikan dlm kk": 3,
        "desa id": 3,
        "status dasar": 2,
        "kartu nik": 6,
        "kartu nama": 3,
    },
    own={"desa id": "desa_code", "pekerjaan": "occupation", "status dasar": "status", "peserta": "-"},
    refine=refine,
)
