"""Migrant workers: where they went, through whom, and until when."""

from __future__ import annotations

from jaring.rosters.formats import Format

FORMAT = Format(
    kind="pmi",
    label="Pekerja migran Indonesia",
    heads={
        "negara tujuan": 5,
        "negara": 2,
        "negara penempatan": 5,
        "p3mi": 4,
        "pptkis": 4,
        "no paspor": 2,
        "paspor": 2,
        "nama pmi": 4,
        "nama cpmi": 4,
        "majikan": 2,
    },
    words={r"\bpmi\b|pekerja migran|\btki\b|p2mi|bp3mi": 3},
    own={
        "tanggal berangkat": "event_date",
        "tgl berangkat": "event_date",
        "akhir kontrak": "until",
        "p3mi": "employer",
        "pptkis": "employer",
    },
    segment="pmi",
    whole=True,
)
