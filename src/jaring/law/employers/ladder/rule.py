"""The ladder of sanctions: two warnings, a fine, then services denied at BPJS's request (PP 86/2013)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test

#: Failing to register (Art. 3 (1) a), and untrue or incomplete data (Art. 3 (1) b).
VIOLATIONS = ("tidak_daftar", "data_salah")
STAGES = (
    *("belum_ditegur", "teguran_pertama", "teguran_pertama_lewat", "teguran_kedua", "teguran_kedua_lewat"),
    *("denda", "denda_lewat", "layanan_ditolak", "dicabut", "selesai"),
)
#: What may follow each stage.
_NEXT = {
    "belum_ditegur": "teguran_pertama",
    "teguran_pertama": "teguran_kedua",
    "teguran_pertama_lewat": "teguran_kedua",
    "teguran_kedua": "denda",
    "teguran_kedua_lewat": "denda",
    "denda": "layanan_ditolak",
    "denda_lewat": "layanan_ditolak",
    "layanan_ditolak": "dicabut",
}
_HERE = "employers.ladder"


def tests(law: Law) -> list[Test]:
    """Steps taken out of their order, and what the case does not say."""
    second, fined, denied = (pl.col(one) for one in ("warned_second_on", "fined_on", "denied_on"))
    early = (second <= pl.col("teguran_pertama_sampai")) | second.is_not_null() & pl.col(
        "warned_first_on"
    ).is_null()
    fine_early = (fined <= pl.col("teguran_kedua_sampai")) | fined.is_not_null() & second.is_null()
    denied_early = (denied <= pl.col("denda_sampai")) | denied.is_not_null() & fined.is_null()
    warned = (Cite(f"{_HERE}.lama_teguran"), Cite(f"{_HERE}.hari_teguran"))
    return [
        Test("pelanggaran-tidak-dikenal", ~pl.col("violation").is_in(VIOLATIONS).fill_null(False)),
        Test("teguran-terlalu-cepat", early, warned),
        Test("denda-terlalu-cepat", fine_early, warned),
        Test("penolakan-terlalu-cepat", denied_early, (Cite(f"{_HERE}.lama_denda"),)),
        Test(
            "denda-belum-dibayar",
            (pl.col("tahap") == "layanan_ditolak") & pl.col("complied_on").is_not_null(),
        ),
    ]


def steps(law: Law, holidays: Sequence[dt.date] = ()) -> list[Step]:
    """Ends of each stage, the stage on the day, what may come next, the fine, the services."""
    first, second, fined = (pl.col(one) for one in ("warned_first_on", "warned_second_on", "fined_on"))
    length, days = f"{_HERE}.lama_teguran", f"{_HERE}.hari_teguran"
    fining = f"{_HERE}.lama_denda"

    def warned_until(start: pl.Expr) -> pl.Expr:
        working = start.dt.add_business_days(law[length], roll="backward", holidays=holidays)
        plain = start.dt.offset_by(pl.format("{}d", law[length]))
        return pl.when(law[days] == "kerja").then(working).otherwise(plain)

    def warned(start: pl.Expr) -> tuple[Cite, ...]:
        return (Cite(length, start.is_not_null()), Cite(days, start.is_not_null()))

    return [
        Step("teguran_pertama_sampai", warned_until(first), warned(first), "Teguran pertama berakhir"),
        Step("teguran_kedua_sampai", warned_until(second), warned(second), "Teguran kedua berakhir"),
        Step(
            "denda_sampai",
            fined.dt.offset_by(pl.format("{}d", law[fining])),
            (Cite(fining, fined.is_not_null()),),
            "Masa denda berakhir",
        ),
        Step("tahap", _stage(), (), "Tahap pada hari itu"),
        Step("tahap_sampai", _until(), (), "Tahap itu berakhir"),
        *_next(law),
        *_fine(law),
        _services(law),
    ]


def _stage() -> pl.Expr:
    """The last stage that has begun; a case that complied and owes nothing is closed or lifted."""
    day = pl.col("day")

    def begun(column: str) -> pl.Expr:
        return (pl.col(column) <= day).fill_null(False)

    def over(column: str) -> pl.Expr:
        return (pl.col(column) < day).fill_null(False)

    settled = begun("complied_on") & (begun("fine_paid_on") | ~begun("fined_on"))
    latest_first = (
        ("dicabut", settled & begun("denied_on")),
        ("selesai", settled),
        ("layanan_ditolak", begun("denied_on")),
        ("denda_lewat", begun("fined_on") & over("denda_sampai")),
        ("denda", begun("fined_on")),
        ("teguran_kedua_lewat", begun("warned_second_on") & over("teguran_kedua_sampai")),
        ("teguran_kedua", begun("warned_second_on")),
        ("teguran_pertama_lewat", begun("warned_first_on") & over("teguran_pertama_sampai")),
        ("teguran_pertama", begun("warned_first_on")),
    )
    stages = (pl.when(holds).then(pl.lit(stage)) for stage, holds in latest_first)
    return pl.coalesce(*stages, pl.lit("belum_ditegur"))


def _until() -> pl.Expr:
    """When the stage that runs on the day ends; null for a stage without an end."""
    ends = {"teguran_pertama": "teguran_pertama_sampai", "teguran_kedua": "teguran_kedua_sampai"}
    ends["denda"] = "denda_sampai"
    stage = pl.col("tahap")
    return pl.coalesce(pl.when(stage.is_in([one, f"{one}_lewat"])).then(end) for one, end in ends.items())


def _next(law: Law) -> list[Step]:
    """What may follow, and the first day on which it may."""
    stage = pl.col("tahap")
    named = stage.replace_strict(_NEXT, default=None, return_dtype=pl.String())
    # An individual or employer who registered late still owes the fine before services come back.
    lifted = pl.max_horizontal("complied_on", "fine_paid_on")
    since = pl.col("tahap_sampai").dt.offset_by("1d")
    begins = pl.when(stage == "belum_ditegur").then("day").when(stage == "layanan_ditolak").then(lifted)
    warnings = f"{_HERE}.teguran_terbanyak"
    warned = stage.str.starts_with("teguran")
    services = (named == "layanan_ditolak").fill_null(False)
    return [
        Step(
            "berikutnya",
            named,
            (Cite(warnings, warned), Cite(f"{_HERE}.permintaan_bpjs", services)),
            "Yang boleh menyusul",
        ),
        Step("berikutnya_sejak", begins.otherwise(since), (), "Boleh sejak"),
    ]


def _fine(law: Law) -> list[Step]:
    """The fine: a share per month of what is due, from the end of the second warning."""
    rate, counting = f"{_HERE}.denda", f"{_HERE}.bulan_denda"
    fined = (pl.col("fined_on") <= pl.col("day")).fill_null(False)
    end = pl.min_horizontal("day", "fine_paid_on")
    start = pl.col("teguran_kedua_sampai")
    months = _whole_months(start, end)
    begun = start.dt.offset_by(pl.format("{}mo", months)) < end
    counted = months + (begun & (law[counting] == "berjalan")).cast(pl.Int64())
    return [
        Step("denda_bulan", pl.when(fined).then(counted), (Cite(counting, fined),), "Bulan yang didenda"),
        rounded(
            *("denda_idr", pl.col("contributions_due_idr") * pl.col("denda_bulan"), law[rate], law, "Denda"),
            Cite(rate, fined),
        ),
    ]


def _whole_months(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Whole months between two days."""
    apart = pl.date_ranges(start, end, interval="1mo", closed="right").list.len().cast(pl.Int64())
    return pl.when(end > start).then(apart).otherwise(0)


def _services(law: Law) -> Step:
    """The list that may be denied, in words, once services may be or are denied."""
    near = pl.col("tahap").is_in(["denda", "denda_lewat", "layanan_ditolak"])
    firm = pl.col("party") == "pemberi_kerja"
    employer, person = f"{_HERE}.layanan_pemberi_kerja", f"{_HERE}.layanan_perorangan"
    text = pl.when(firm).then(law[employer]).otherwise(law[person])
    return Step(
        "layanan",
        pl.when(near).then(text),
        (Cite(employer, near & firm), Cite(person, near & ~firm)),
        "Layanan yang dapat ditolak",
    )
