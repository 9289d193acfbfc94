"""Names as clerks write them: forms of Muhammad, titles, abbreviations, old spellings, slips of the pen."""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.world import wordlists
from jaring.world.dice import words
from jaring.world.rates import rate

_MUHAMMAD = r"^(LALU |BAIQ )?(MUHAMMAD|MUHAMAD|MOHAMMAD|MOH\.|MUH\.|M\.) "
_MUHAMMAD_FORMS = [
    "MUHAMMAD",
    "M.",
    "MUH.",
    "MOH.",
    "MUHAMAD",
    "MOHAMMAD",
    "MUH",
    "M",
    "MOHAMAD",
    "MOCH.",
    "MD.",
    "MHD.",
]
#: One sound, two spellings; the first that fits a chosen name is applied once.
SOUNDS = (
    ("UDIN", "UDDIN"),
    ("SY", "S"),
    ("KH", "H"),
    ("AE", "AI"),
    ("AI", "AE"),
    ("U", "OE"),
    ("J", "DJ"),
    ("C", "TJ"),
    ("Z", "J"),
    ("F", "P"),
    ("AH$", "A"),
    ("DH", "D"),
    ("Q", "K"),
    ("V", "P"),
    ("NN", "N"),
    ("LL", "L"),
    ("N", "NN"),
    ("I", "Y"),
    ("SS", "S"),
    ("M", "MM"),
)


def names(rng: np.random.Generator, people: pl.DataFrame, quality: float = 1.0) -> pl.Series:
    """Each person's name as a list has it, in capitals; needs ``name, male, haji, degree``."""
    written = people["name"]
    written = _forms(rng, written)
    written = _sounds(rng, written, quality)
    written = _slips(rng, written, quality)
    other = rng.random(len(written)) < rate("name_other") * quality
    nick = pl.Series(np.where(people["male"].to_numpy(), "AMAQ ", "INAQ ")) + words(
        rng, wordlists.STEMS, len(written), 0.1
    )
    frame = people.select("male", "haji", "degree").with_columns(
        name=pl.select(pl.when(pl.Series(other)).then(nick).otherwise(written)).to_series(),
        h=pl.Series(rng.random(len(written)) < rate("name_haji")),
        d=pl.Series(rng.random(len(written)) < rate("name_degree")),
    )
    title = pl.when(pl.col("haji") & pl.col("h")).then(
        pl.when("male").then(pl.lit("H. ")).otherwise(pl.lit("HJ. "))
    )
    degree = pl.when(pl.col("d") & pl.col("degree").is_not_null()).then(pl.concat_str(pl.lit(", "), "degree"))
    return frame.select(name=pl.concat_str(title, "name", degree, ignore_nulls=True)).to_series()


def cased(names: pl.Series, case: str) -> pl.Series:
    """``upper``, ``title`` or ``mixed`` (some rows either way, as when two people typed)."""
    if case == "upper":
        return names
    titled = names.str.to_titlecase()
    if case == "title":
        return titled
    turn = pl.int_range(len(names), eager=True) % 7 < 3
    return pl.select(pl.when(turn).then(titled).otherwise(names)).to_series()


def _forms(rng: np.random.Generator, names: pl.Series) -> pl.Series:
    """Muhammad, Abdul, Siti, Lalu and Baiq under other forms."""
    size = len(names)

    def lucky(code: str) -> pl.Series:
        return pl.Series(rng.random(size) < rate(code))

    name = pl.col("name")
    form = words(rng, _MUHAMMAD_FORMS, size, 0.5)
    frame = pl.DataFrame({"name": names, "form": form}).with_columns(
        old=name.str.contains(_MUHAMMAD), rest=name.str.replace(_MUHAMMAD, "$1")
    )
    rank = pl.when(name.str.starts_with("LALU ") | name.str.starts_with("BAIQ ")).then(name.str.slice(0, 5))
    bare = pl.when(rank.is_null()).then(pl.col("rest")).otherwise(pl.col("rest").str.slice(5))
    frame = frame.with_columns(
        name=pl.when(~pl.col("old"))
        .then(name)
        .when(lucky("name_muhammad_dropped"))
        .then(pl.col("rest"))
        .when(lucky("name_muhammad"))
        .then(pl.concat_str(rank, "form", pl.lit(" "), bare, ignore_nulls=True))
        .otherwise(name)
    )
    short = pl.Series(rng.random(size) < 0.75)
    for code, word, first, second in (
        ("name_abdul", "ABDUL ", "ABD. ", "ABDUL"),
        ("name_siti", "SITI ", "ST. ", "ST "),
        ("name_rank", "LALU ", "L. ", "L "),
        ("name_rank", "BAIQ ", "BQ. ", "BQ "),
        ("name_rank_dropped", "LALU ", "", ""),
        ("name_rank_dropped", "BAIQ ", "", ""),
    ):
        hit = name.str.starts_with(word) & lucky(code)
        tail = name.str.slice(len(word))
        start = pl.when(short).then(pl.lit(first)).otherwise(pl.lit(second))
        frame = frame.with_columns(name=pl.when(hit).then(pl.concat_str(start, tail)).otherwise(name))
    return frame["name"]


def _sounds(rng: np.random.Generator, names: pl.Series, quality: float) -> pl.Series:
    """Another spelling of one sound, in the rows that the dice choose."""
    rows = np.flatnonzero(rng.random(len(names)) < rate("name_sound") * quality)
    turn = rng.integers(0, len(SOUNDS), len(rows))
    some = pl.DataFrame({"row": rows, "turn": turn, "name": names.gather(rows)})
    parts = []
    for n, (sound, other) in enumerate(SOUNDS):
        # The letters after a title or an abbreviation's dot keep their spelling.
        part = some.filter(pl.col("turn") == n)
        parts.append(part.with_columns(pl.col("name").str.replace(f"(.){sound}", f"${{1}}{other}")))
    changed = pl.concat(parts).sort("row")
    return names.scatter(changed["row"], changed["name"])


def _slips(rng: np.random.Generator, names: pl.Series, quality: float) -> pl.Series:
    """Typing slips and shortened names."""
    size = len(names)
    frame = pl.DataFrame({"row": np.arange(size), "name": names, "dice": rng.random(size)})
    frame = frame.with_columns(
        at=(pl.Series(rng.random(size)) * (pl.col("name").str.len_chars() - 2)).cast(pl.Int64) + 1
    )
    name, at = pl.col("name"), pl.col("at")
    last = r" (\S+)$"
    typo = rate("name_typo") * quality / 3
    kinds: list[tuple[float, pl.Expr]] = [
        (typo, pl.concat_str(name.str.slice(0, at), name.str.slice(at + 1))),
        (typo, pl.concat_str(name.str.slice(0, at), name.str.slice(at - 1))),
        (
            typo,
            pl.concat_str(
                name.str.slice(0, at - 1),
                name.str.slice(at, 1),
                name.str.slice(at - 1, 1),
                name.str.slice(at + 1),
            ),
        ),
        (rate("name_last_dropped") * quality, name.str.replace(last, "")),
        (rate("name_last_initial") * quality, name.str.replace(r" (\S)\S*$", " $1.")),
        (rate("name_joined") * quality, name.str.replace(r"(\w{3,}) (\w)", "$1$2")),
    ]
    edge, low = 0.0, name
    changed = frame.filter(pl.col("dice") < sum(k for k, _ in kinds))
    for share, new in kinds:
        low = pl.when((pl.col("dice") >= edge) & (pl.col("dice") < edge + share)).then(new).otherwise(low)
        edge += share
    changed = changed.with_columns(low.alias("name"))
    changed = changed.filter(pl.col("name").str.len_chars() >= 3)
    return names.scatter(changed["row"], changed["name"])
