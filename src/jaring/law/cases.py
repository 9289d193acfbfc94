"""The door for machines: cases written as text in, prices as columns out; no case stops another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from jaring.law import columns
from jaring.law.dated import Law
from jaring.law.distinct import distinct
from jaring.law.price import priced
from jaring.law.reasons import reason
from jaring.law.settings import LocalSetting
from jaring.law.spans import at

#: Column of the door → column of the law.
TEXTS: Mapping[str, str] = {
    "kind": "kind",
    "programmes": "programmes",
    "month": "month",
    "payer": "source",
    "sector": "sector",
    "risk_class": "risk_class",
    "route": "route",
}
NUMBERS: Mapping[str, str] = {
    "income_idr": "income_idr",
    "wage_idr": "wage_idr",
    "contract_value_idr": "contract_value_idr",
    "contract_months": "contract_months",
    "jht_choice_idr": "jht_choice_idr",
}
#: What the door adds, in this order.
ANSWERS = ("jkk", "jkm", "jht", "jp", "total", "articles", "warnings")

#: Beyond these a number is a slip of the pen, and products with rates would leave 64 bits.
_LARGEST_IDR, _LONGEST_MONTHS = 10**14, 1_200
_SHOWN = 30


def answered(texts: pl.DataFrame, settings: Sequence[LocalSetting] = (), first_line: int = 2) -> pl.DataFrame:
    """``ANSWERS`` for each row of ``texts``, in order.

    ``texts``: any of the columns ``TEXTS`` and ``NUMBERS``, all as text, as a file has them. A case
    that cannot be priced has nulls, and in ``warnings`` its code, its line (``first_line`` is the line
    of the first row) and how to mend it; warnings of a priced case are codes parted by "; ".
    """
    known = [name for name in (*TEXTS, *NUMBERS) if name in texts.columns]
    read = texts.select(_read(name) for name in known)
    rows, place = distinct(read)
    made = _answers(read[rows], Law(settings))[place]
    refused = made.get_column("code").is_not_null().arg_true()
    if not len(refused):
        return made.select(ANSWERS)
    words = _refusals(made[refused], texts.select(known)[refused], read[refused], refused + first_line)
    told = at(refused, words, texts.height).get_column("told")
    return made.with_columns(warnings=pl.coalesce(told, "warnings")).select(ANSWERS)


def _refusals(made: pl.DataFrame, texts: pl.DataFrame, read: pl.DataFrame, lines: pl.Series) -> pl.DataFrame:
    """Why each case has no price, with its line in the file and how to mend it."""
    numbers = [name for name in NUMBERS if name in texts.columns]
    frame = pl.DataFrame({"line": lines}).hstack(made.select("code", "sentence"))
    frame = frame.hstack(texts.select(pl.col(numbers).str.slice(0, _SHOWN)))
    frame = frame.hstack(read.select((pl.col(name) == _NO_NUMBER).alias(f"bad_{name}") for name in numbers))
    about = "{}: baris {}, kolom {}: '{}'. {}"
    wrong = [
        pl.when(f"bad_{name}").then(pl.format(about, "code", "line", pl.lit(name), name, "sentence"))
        for name in numbers
    ]
    return frame.select(told=pl.coalesce(*wrong, pl.format("{}: baris {}: {}", "code", "line", "sentence")))


def _read(name: str) -> pl.Expr:
    """A text as the law's column: numbers as numbers, -1 below the lowest where it is none."""
    text = pl.col(name).cast(pl.String()).str.strip_chars()
    if name in TEXTS:
        return text
    # Frames write whole numbers with empty cells among them as 1000000.0.
    digits = pl.when(text.str.contains(r"^-?\d+(\.0+)?$")).then(text.str.replace(r"\.0+$", ""))
    largest = _LONGEST_MONTHS if name == "contract_months" else _LARGEST_IDR
    number = digits.str.to_integer(strict=False, dtype=pl.Int64())
    fits = number.is_between(-largest, largest)
    blank = text.is_null() | (text == "")
    return pl.when(fits).then(number).when(~blank).then(_NO_NUMBER).alias(name)


#: What stands where a text is no number.
_NO_NUMBER = -(10**15)


def _answers(cases: pl.DataFrame, law: Law) -> pl.DataFrame:
    """The answers to distinct cases: sums, articles, warnings; or ``code`` and ``sentence``."""
    text = {door: pl.col(door).str.to_lowercase() for door in TEXTS if door in cases.columns}
    said: dict[str, pl.Expr] = {TEXTS[door]: pl.when(one != "").then(one) for door, one in text.items()}
    if "programmes" in said:
        said["programmes"] = said["programmes"].str.replace_all(" ", "")
    month = said.pop("month", pl.lit(None, pl.String()))
    # A month, or a day of it for the changes that fall inside one.
    day = pl.coalesce(
        (month + "-01").str.to_date("%Y-%m-%d", strict=False, exact=True),
        month.str.to_date("%Y-%m-%d", strict=False, exact=True),
    )
    unread = month.is_not_null() & day.is_null()
    numbers = {NUMBERS[door]: pl.col(door) for door in NUMBERS if door in cases.columns}
    told = {"month": day, **said, **numbers}
    absent = {name: pl.lit(None, kind) for name, kind in columns.PRICE.items() if name not in told}
    made = cases.select(unread=unread, **told, **absent)
    result = priced(made.select(list(columns.PRICE)), law)
    wrong = pl.any_horizontal([pl.col(name) == _NO_NUMBER for name in numbers] or [pl.lit(False)])
    marks = made.select(number=wrong.fill_null(False), unread="unread")
    code = (
        pl.when("number")
        .then(pl.lit("angka-keliru"))
        .when("unread")
        .then(pl.lit("bulan-keliru"))
        .otherwise("price_reason")
    )
    found = result.hstack(marks).with_columns(code=code)
    sentences = {
        one: f"{(why := reason(one)).sentence} {why.mend}".strip()
        for one in found.get_column("code").drop_nulls().unique()
    }
    stands = pl.col("code").is_null()
    sums = dict(
        zip(ANSWERS, ("jkk_idr", "jkm_idr", "jht_idr", "jp_idr", "iuran_idr", "price_articles"), strict=False)
    )
    return found.select(
        *(pl.when(stands).then(pl.col(name)).alias(door) for door, name in sums.items()),
        pl.when(pl.col("price_warnings") != "").then("price_warnings").alias("warnings"),
        "code",
        pl.col("code").replace_strict(sentences, default=None, return_dtype=pl.String()).alias("sentence"),
    )
