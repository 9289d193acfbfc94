"""Cells of text turned into values, column by column. No digit of a NIK is changed, only told apart."""

from __future__ import annotations

import polars as pl

from jaring.facts.nik import is_wellformed

#: Marks that the eye does not see: zero-width, bidirectional, soft hyphen, byte-order mark, controls.
INVISIBLE = (
    r"[\u{AD}\u{61C}\u{180E}\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2060}-\u{2064}\u{2066}-\u{2069}\u{FEFF}\u{FFF9}-\u{FFFB}"
    r"\x00-\x08\x0E-\x1F\x7F]"
)
#: Between or around digits these carry no meaning: 5203.1123.1285.0007, '5203…, 5203-1123-…
_MARKS = r"[\s.\-'`´’‘\"“”_,:;]"
_NOTHING = r"(?i)^(-+|–|—|x+|nihil|kosong|belum( ada)?|tidak( ada)?|tdk ada|n/?a|null|none|nan|\?+|\.+)?$"
_AS_NUMBER = r"(?i)^([0-9]([.,][0-9]+)?e\+?[0-9]+|[0-9]{14,17}[.,][0-9]+)$"


#: What ``text`` would change: all else is as it should be, and nearly every cell is.
_UNTIDY = r"[^!-~ ]|^[ '`]|[ '`]$|  |^$"


def text(column: pl.Expr) -> pl.Expr:
    """As written, in one Unicode form, without invisible marks and doubled spaces; blank is null."""
    untidy = column.str.contains(_UNTIDY)
    clean = (
        pl.when(untidy)
        .then(column)
        .str.normalize("NFC")
        .str.replace_all(INVISIBLE, "")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars(" '`")
    )
    return pl.when(~untidy).then(column).when(clean.str.len_bytes() > 0).then(clean)


def digits_of(column: pl.Expr) -> pl.Expr:
    """A number cell without the marks people put between digits; letters stay, so that they show."""
    bare = column.str.contains(r"^[0-9]*$")
    clean = pl.when(~bare).then(column).str.replace_all(INVISIBLE, "").str.replace_all(_MARKS, "")
    return pl.when(bare).then(column).otherwise(clean)


def nik_states(frame: pl.DataFrame) -> pl.Series:
    """ok, absent, numeric (Excel keeps 15 digits of a number), short, long or malformed.

    Of ``_raw`` and ``_bare``, texts, and ``_number``. Most are well, so the doubtful are looked at apart.
    """
    raw, bare, number = pl.col("_raw"), pl.col("_bare"), pl.col("_number")
    # Sixteen bytes: digits of other scripts take more, and they are no NIK.
    ok = (raw.str.len_bytes() == 16) & is_wellformed(raw) & ~number
    lazy = frame.lazy()
    well = lazy.select(ok.fill_null(False).alias("ok")).collect(engine="in-memory")["ok"]
    doubtful = lazy.filter(pl.lit(~well)).select(_doubtful_state(raw, bare, number).alias("state"))
    states = doubtful.collect(engine="in-memory")["state"]
    return pl.Series(["ok"]).new_from_index(0, frame.height).scatter((~well).arg_true(), states)


def _doubtful_state(raw: pl.Expr, bare: pl.Expr, number: pl.Expr) -> pl.Expr:
    stripped = raw.str.replace_all(INVISIBLE, "").str.strip_chars()
    return (
        pl.when(raw.is_null() | bare.str.contains(r"^0*$") | stripped.str.contains(_NOTHING))
        .then(pl.lit("absent"))
        .when(number | stripped.str.contains(_AS_NUMBER))
        .then(pl.lit("numeric"))
        .when(~bare.str.contains(r"^[0-9]+$"))
        .then(pl.lit("malformed"))
        .when(bare.str.len_bytes() < 16)
        .then(pl.lit("short"))
        .when(bare.str.len_bytes() > 16)
        .then(pl.lit("long"))
        .when(is_wellformed(bare))
        .then(pl.lit("ok"))
        .otherwise(pl.lit("malformed"))
    )


def amount(column: pl.Expr, number: pl.Expr) -> pl.Expr:
    """Whole rupiah from ``Rp 1.000.000,00``, ``1,000,000``, ``2500000``, ``1,5 juta``; null if unreadable."""
    plain = (
        column.str.to_lowercase()
        .str.replace_all(r"rp\.?|idr|,-|\.-|per bulan|/ ?bln|/ ?bulan", "")
        .str.replace_all(r"\s", "")
    )
    times = (
        pl.when(plain.str.contains(r"[0-9](juta|jt)$"))
        .then(pl.lit(1_000_000.0))
        .when(plain.str.contains(r"[0-9](ribu|rb)$"))
        .then(pl.lit(1_000.0))
        .otherwise(pl.lit(1.0))
    )
    bare = plain.str.replace(r"(juta|jt|ribu|rb)$", "")
    value = pl.when(number).then(bare.cast(pl.Float64, strict=False)).otherwise(_grouped(bare, times > 1))
    return _bounded((value * times + 0.5).floor())


def _grouped(bare: pl.Expr, scaled: pl.Expr) -> pl.Expr:
    """Three digits after a point or comma are thousands, fewer are decimals (unless scaled by juta)."""
    return (
        pl.when(bare.str.contains(r"^[0-9]+$"))
        .then(bare)
        .when(~scaled & bare.str.contains(r"^[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$"))
        .then(bare.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True))
        .when(~scaled & bare.str.contains(r"^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$"))
        .then(bare.str.replace_all(",", "", literal=True))
        .when(bare.str.contains(r"^[0-9]+[.,][0-9]+$"))
        .then(bare.str.replace(",", ".", literal=True))
        .cast(pl.Float64, strict=False)
    )


def _bounded(value: pl.Expr) -> pl.Expr:
    return pl.when((value >= 0) & (value < 1e15)).then(value).cast(pl.Int64, strict=False)


def land(column: pl.Expr, number: pl.Expr, unit: pl.Expr) -> pl.Expr:
    """Square metres. The unit is the cell's own, else the header's, else hectare for small numbers."""
    plain = column.str.to_lowercase().str.replace_all(r"\s", "")
    own = (
        pl.when(plain.str.contains(r"(ha|hektar|hektare)\.?$"))
        .then(pl.lit("ha"))
        .when(plain.str.contains(r"(m2|m²|meter)$"))
        .then(pl.lit("m2"))
        .when(plain.str.contains(r"(are|ara)$"))
        .then(pl.lit("are"))
        .otherwise(unit)
    )
    bare = plain.str.replace(r"(hektare|hektar|ha|m2|m²|meter|are|ara)\.?$", "")
    # No farm of a list has a thousand hectares: a point there is always a decimal.
    as_area = bare.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    as_count = pl.when(number).then(as_area).otherwise(_grouped(bare, pl.lit(False)))
    metres = (
        pl.when(own == "m2")
        .then(as_count)
        .when(own == "are")
        .then(as_area * 100)
        .when((own == "ha") | (as_area <= 50))
        .then(as_area * 10_000)
        .otherwise(as_count)
    )
    return _bounded((metres + 0.5).floor())


def phone(column: pl.Expr) -> pl.Expr:
    """Digits from 0 on: +62, 62 and a zero lost by Excel are one number. Null when it is none."""
    bare = column.str.replace_all(r"[^0-9]", "")
    whole = (
        pl.when(bare.str.starts_with("62"))
        .then(pl.lit("0") + bare.str.slice(2))
        .when(bare.str.starts_with("8"))
        .then(pl.lit("0") + bare)
        .otherwise(bare)
    )
    return pl.when(whole.str.len_bytes().is_between(9, 15)).then(whole)


def nothing(column: pl.Expr) -> pl.Expr:
    """Whether a cell says that there is no value: blank, a dash, 'tidak ada'."""
    return column.is_null() | column.str.strip_chars().str.contains(_NOTHING)
