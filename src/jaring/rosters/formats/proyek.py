"""Construction and procurement projects, LPSE-like: package, contractor, value, dates; no persons."""

from __future__ import annotations

from jaring.rosters.formats import Format

FORMAT = Format(
    kind="proyek",
    label="Daftar paket pekerjaan (proyek)",
    heads={
        "nama paket": 5,
        "kode tender": 4,
        "kode rup": 4,
        "pagu": 2,
        "hps": 3,
        "nilai kontrak": 3,
        "penyedia": 3,
        "nama penyedia": 3,
        "metode": 1,
        "nama pekerjaan": 4,
    },
    words={r"lpse|tender|proyek|paket|jakon|konstruksi": 2},
    own={
        "nama paket": "name",
        "nama pekerjaan": "name",
        "paket pekerjaan": "name",
        "penyedia": "employer",
        "nama penyedia": "employer",
        "nilai kontrak": "amount",
        "hps": "-",
        "pagu": "-",
        "tanggal kontrak": "event_date",
        "tanggal mulai": "event_date",
        "tanggal selesai": "until",
        "satuan kerja": "occupation",
        "opd": "occupation",
        "skpd": "occupation",
        "lokasi": "place",
    },
    persons=False,
)
