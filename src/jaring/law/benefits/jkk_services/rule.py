"""JKK services: treatment without a ceiling, the rest to its limit (PP 82/2019 Annex III)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test

#: Costs that a case may bring; ``prosthesis`` is the price of the government's rehabilitation centre.
COSTS = ("medical", "home_care", "prosthesis", "glasses", "dental", "hearing_aid")
_LIMITED = (
    ("home_care", "perawatan_rumah", "Perawatan di rumah"),
    ("glasses", "kacamata", "Kacamata"),
    ("dental", "gigi", "Gigi tiruan"),
    ("hearing_aid", "alat_dengar", "Alat bantu dengar"),
)


def tests(law: Law) -> list[Test]:
    """Home care has an end of its own."""
    longest = "benefits.jkk_services.perawatan_rumah_lama"
    return [Test("perawatan-rumah-lewat", pl.col("home_care_months") > law[longest], (Cite(longest),))]


def steps(law: Law) -> list[Step]:
    """One line per service, then all of them."""
    treated = law["benefits.jkk_services.perawatan_tanpa_batas"]
    # The price and what is added to it are rates: the whole is one hundred parts in a hundred.
    prosthesis = law["benefits.jkk_services.protesa"]
    lines = [
        Step(
            "perawatan_idr",
            pl.when(treated).then("medical_idr"),
            (Cite("benefits.jkk_services.perawatan_tanpa_batas", pl.col("medical_idr") > 0),),
            "Pelayanan kesehatan",
        ),
        rounded(
            *("protesa_idr", pl.col("prosthesis_idr"), prosthesis, law, "Orthosis atau prothesis"),
            Cite("benefits.jkk_services.protesa", pl.col("prosthesis_idr") > 0),
        ),
    ]
    for column, name, about in _LIMITED:
        cost, key = pl.col(f"{column}_idr"), f"benefits.jkk_services.{name}"
        limit = law[key]
        borne = pl.when(limit.is_not_null()).then(pl.min_horizontal(cost, limit))
        lines.append(Step(f"{name}_idr", borne, (Cite(key, cost > 0),), about))
    whole = pl.sum_horizontal(*(line.column for line in lines), ignore_nulls=False)
    return [*lines, Step("ditanggung_idr", whole, (), "Ditanggung seluruhnya")]
