"""Authority: warnings and fines are BPJS's, denial of services the government's when asked (UU 24/2011)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

MEASURES = ("teguran", "denda", "penolakan_layanan", "bukti_kepesertaan", "pengawasan")
ACTORS = ("bpjs", "kabupaten", "provinsi")
_HERE = "employers.authority"


def tests(law: Law) -> list[Test]:
    """Not this body's, not without a letter; and the reading that lawyers still have to confirm."""
    measure, letter = pl.col("measure"), pl.col("requested")
    reading, proof = f"{_HERE}.bukti_tanpa_surat", measure == "bukti_kepesertaan"
    known = measure.is_in(MEASURES) & pl.col("actor").is_in(ACTORS)
    without = pl.col("menurut_bacaan") & law[reading]
    waits = (proof | (measure == "penolakan_layanan")) & ~letter
    return [
        Test("tindakan-tidak-dikenal", ~known.fill_null(False)),
        Test("bukan-kewenangan", known & ~pl.col("berwenang")),
        Test("tanpa-permintaan-bpjs", waits & ~without & pl.col("berwenang"), (Cite(f"{_HERE}.permintaan"),)),
        Test("bacaan-bagian-hukum", without & ~letter & pl.col("berwenang"), (Cite(reading),)),
    ]


def steps(law: Law) -> list[Step]:
    """Whose measure it is, whether it rests on the reading, and whether it may be taken now."""
    measure, actor = pl.col("measure"), pl.col("actor")
    own = pl.any_horizontal(
        (measure == one) & (actor == body) & law.holds(f"{_HERE}.{one}", body)
        for one in MEASURES
        for body in ACTORS
    )
    cites = tuple(Cite(f"{_HERE}.{one}", measure == one) for one in MEASURES)
    reading = law[f"{_HERE}.bukti_tanpa_surat"]
    asked = pl.col("requested") | ~measure.is_in(["penolakan_layanan", "bukti_kepesertaan"])
    return [
        Step("berwenang", own.fill_null(False), cites, "Tindakan itu kewenangannya"),
        Step(
            "menurut_bacaan",
            ((measure == "bukti_kepesertaan") & (pl.col("violation") == "tidak_daftar")).fill_null(False),
            (),
            "Hanya menurut bacaan yang perlu dipastikan",
        ),
        Step(
            "boleh",
            pl.col("berwenang") & (asked | (pl.col("menurut_bacaan") & reading)).fill_null(False),
            (),
            "Boleh dilakukan sekarang",
        ),
    ]
