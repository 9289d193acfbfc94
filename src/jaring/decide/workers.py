"""From rows of many lists to one worker per person: each fact from the list that knows it best."""

from __future__ import annotations

import datetime as dt

import polars as pl

from jaring.decide.choosing import chosen
from jaring.decide.occupations import is_state_servant, segment
from jaring.facts.month import Month
from jaring.law import columns

#: Which kinds of list are believed first, for each fact. What is not named comes after.
TRUST: dict[str, tuple[str, ...]] = {
    "status": ("dukcapil", "siak", "penduduk", "opendk"),
    "wage_idr": ("perusahaan", "aparatur", "peserta_aktif"),
    "income_idr": ("umkm", "petani", "keagamaan"),
    "land_m2": ("petani",),
    "desil": ("dtsen",),
    "sector": ("peserta_aktif", "umkm"),
}
#: What of a row decides: neither the NIK nor anything else that is sealed.
SAID = (
    *("status", "event_date", "until", "segment", "position", "occupation", "sector", "npp"),
    *("wage_idr", "income_idr", "land_m2", "desil", "cover_segment", "cover_source"),
)
#: Lists that know life, death and removal; the status of others (active member, returned) is another matter.
_CIVIL = ("hidup", "mati", "pindah", "hilang", "pergi")
_INSURER = "peserta_aktif"
_KINDS = ("pu", "bpu", "jakon", "pmi")
#: Registers of residents name an occupation; every other list is itself a claim.
_REGISTERS = ("penduduk", "opendk", "siak")


def build(month: Month, rows: pl.DataFrame, people: pl.DataFrame, paid: pl.DataFrame) -> pl.DataFrame:
    """One row per person of ``people`` who stands in ``rows``: ``law.columns.WORKER`` and ``facts_from``.

    ``rows``: accepted rows with ``person_id`` (``rosters.frame.accepted`` joined with the links).
    ``people``: ``person_id birth_date sex desa_code kecamatan_code``. ``paid``: ``person_id month
    source``, one row per paid person-month of any earlier time. A person is what the lists say of the
    last day of the month: whoever is known to have died by then is not enrolled for it.
    ``facts_from`` says which row of which list each fact was taken from.
    """
    last = pl.lit(month.last)
    rows = rows.filter(pl.col("person_id").is_not_null())
    facts = [
        _status(rows, month.last),
        _cover(rows, last),
        _numbers(rows, last),
        _abroad(rows, month),
        _words(rows),
        _paid(paid, month),
    ]
    whole = people.select("person_id", "birth_date", "sex", "desa_code", "kecamatan_code").join(
        rows.select("person_id").unique(), on="person_id", how="semi", maintain_order="left"
    )
    for fact in facts:
        whole = whole.join(fact, on="person_id", how="left", maintain_order="left")
    said = [name for name in whole.columns if name.startswith("said_")]
    first = pl.lit(month.first)
    whole = whole.with_columns(
        month=first,
        age_years=_age(pl.col("birth_date"), month.first),
        facts_from=pl.concat_str(said, separator="; ", ignore_nulls=True),
        risk_class=pl.lit(None, pl.String()),
    )
    return columns.workers(whole).with_columns(whole.get_column("facts_from"))


def _age(born: pl.Expr, day: dt.date) -> pl.Expr:
    """Whole years on ``day``."""
    had = (born.dt.month() < day.month) | ((born.dt.month() == day.month) & (born.dt.day() <= day.day))
    return (day.year - born.dt.year() - (~had).cast(pl.Int32)).cast(pl.Int64)


def _status(rows: pl.DataFrame, last_day: dt.date) -> pl.DataFrame:
    """Alive or moved, by the civil registry before all others; an event after the month is not yet one."""
    happened = pl.col("event_date").is_null() | (pl.col("event_date") <= last_day)
    civil = rows.filter(pl.col("status").is_in(_CIVIL) & (happened | (pl.col("status") == "hidup")))
    one = chosen(civil, "status", TRUST["status"], pl.lit(last_day))
    return one.select(
        "person_id",
        alive=pl.col("status") != "mati",
        moved=pl.col("status") == "pindah",
        said_status=pl.when(pl.col("status") != "hidup").then("said_by"),
    )


def _cover(rows: pl.DataFrame, last: pl.Expr) -> pl.DataFrame:
    """Who pays already, by the insurer's newest list alone: whoever is no longer on it is covered no more."""
    listed = rows.filter(pl.col("kind") == _INSURER)
    timely = listed.filter((pl.col("as_of") <= last).fill_null(False))
    newest = (timely if timely.height else listed)["as_of"].max()
    active = listed.filter(
        pl.col("as_of").eq_missing(pl.lit(newest, pl.Date()))
        & (pl.col("status") != "nonaktif").fill_null(True)
    )
    named = pl.col("cover_segment").is_in(_KINDS)
    by_employer = pl.col("npp").is_not_null() | (pl.col("cover_source") == "employer").fill_null(False)
    kind = pl.when(named).then("cover_segment").when(by_employer).then(pl.lit("pu")).otherwise(pl.lit("bpu"))
    facts = active.with_columns(
        covered_kind=kind,
        covered_segment=pl.when(~named).then("cover_segment"),
        covered_by="cover_source",
        covered_as_of="as_of",
    )
    kept = ("covered_segment", "covered_by", "covered_as_of")
    return chosen(facts, "covered_kind", (), last, kept).rename({"said_by": "said_cover"})


def _numbers(rows: pl.DataFrame, last: pl.Expr) -> pl.DataFrame:
    """Wage, income, land, desil and sector, each from its own list."""
    found = rows.select("person_id").unique()
    for column in ("wage_idr", "income_idr", "land_m2", "desil", "sector"):
        one = chosen(rows, column, TRUST[column], last).rename({"said_by": f"said_{column}"})
        found = found.join(one, on="person_id", how="left")
    return found


def _abroad(rows: pl.DataFrame, month: Month) -> pl.DataFrame:
    """On a migrants' list, left by the end of the month and not known to be back."""
    left = pl.col("event_date").is_null() | (pl.col("event_date") <= month.last)
    away = pl.col("until").is_null() | (pl.col("until") >= month.first)
    back = (pl.col("status") == "pulang").fill_null(False)
    migrants = rows.filter(pl.col("kind") == "pmi")
    return migrants.group_by("person_id").agg(abroad=(left & away).any() & ~back.any())


def _words(rows: pl.DataFrame) -> pl.DataFrame:
    """Claims to a segment, occupations and service of the state: every list that says something counts."""
    spoken = rows.select(
        "person_id",
        "occupation",
        segment=pl.coalesce(
            "segment", pl.when(pl.col("kind").is_in(_REGISTERS)).then(segment(pl.col("occupation")))
        ),
        state=is_state_servant(pl.concat_str("occupation", "position", separator=" / ", ignore_nulls=True)),
    )
    return spoken.group_by("person_id").agg(
        segments=pl.col("segment").drop_nulls().unique().sort(),
        occupations=pl.col("occupation").str.strip_chars().str.to_lowercase().drop_nulls().unique().sort(),
        asn=pl.col("state").fill_null(False).any(),
    )


def _paid(paid: pl.DataFrame, month: Month) -> pl.DataFrame:
    """First paid month, and the last one before this month with its payer."""
    before = paid.filter(pl.col("month") < month.first).sort("person_id", "month")
    return before.group_by("person_id").agg(
        member_since=pl.col("month").first(),
        last_paid_month=pl.col("month").last(),
        last_paid_by=pl.col("source").last(),
    )
