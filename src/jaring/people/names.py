"""Names as lists write them, brought to one form: titles apart, degrees off, spellings folded.

Work is done once per distinct token (a million rows hold some ten thousand), as column expressions.
"""

from __future__ import annotations

import polars as pl

#: Academic, religious and polite words that are no part of a name; compared without dots.
_DROPPED_WORDS = """
    H HJ HAJI HAJJAH HAJAH DRS DRA DR DRG PROF IR UST USTADZ USTAZ USTADZAH USTAZAH TGH TGKH TUAN GURU KH KYAI
    KIAI SDR SDRI BPK BAPAK IBU NY TN ALM ALMH BIN BINTI BT BTE ALIAS ALS
    SE SH SP SI SAG SPD SPDI SPDSD SIP SSOS SSOSI SKM SKEP SKEB SHI SEI SKOM SPT SPI SSI SPSI STP STHI SAP
    SIKOM SHUT STRKEB MPD MPDI MSI MM MH MAG MAP MKES MHUM MT MP MSC MA LC
    AMD AMK AMDKEB AMDKEP AMAPD AMAPUST NS NERS GR CMED
"""
_DROPPED = frozenset(_DROPPED_WORDS.split())
#: Words of rank or kinship that stand before a Sasak name, each under its full form.
TITLES = {
    "LALU": "LALU",
    "L": "LALU",
    "LL": "LALU",
    "LA": "LALU",
    "MAMIQ": "LALU",
    "MAMIK": "LALU",
    "BAIQ": "BAIQ",
    "BQ": "BAIQ",
    "BAIK": "BAIQ",
    "LALE": "BAIQ",
    "INAQ": "INAQ",
    "INAK": "INAQ",
    "INQ": "INAQ",
    "AMAQ": "AMAQ",
    "AMAK": "AMAQ",
    "AMQ": "AMAQ",
    "PAPUQ": "PAPUQ",
    "PAPUK": "PAPUQ",
}
_MUHAMMAD_WORDS = """
    M MD MHD MUH MUHD MUHAMAD MUHAMMAD MUHAMMED MUHAMED MUHAMMMAD MUHAMADD MOH MOHD MOHAMAD MOHAMMAD MOHAMED
    MOCH MOCHAMAD MOCHAMMAD MOCHAMED MUCH MUCHAMAD MUCHAMMAD MUKHAMAD MUKHAMMAD
"""
_MUHAMMAD = frozenset(_MUHAMMAD_WORDS.split())
MUHAMMAD = "MUHAMAD"
#: A degree written with spaces: S. Pd. I, A. Md.
_SPACED_DEGREE = r"\b([SMA]\.) +((?:PD|AG|SOS|KOM|KEP|IP|HUT|MD|SI|KM)\b)"
_SITI = frozenset({"ST", "STI", "SITI", "SITTI", "SITY"})
#: Old and new spellings of one sound, longest first. ``CH`` and ``KH`` both stand for the Arabic kha.
_FOLDS = (
    (r"OE", "U"),
    (r"DJ", "J"),
    (r"TJ", "C"),
    (r"NJ", "NY"),
    (r"SJ|SY|SH|TS", "S"),
    (r"KH|CH", "H"),
    (r"DZ|ZH", "J"),
    (r"DH", "D"),
    (r"TH", "T"),
    (r"PH|F|V", "P"),
    (r"AE", "AI"),
    (r"Z", "J"),
    (r"Q", "K"),
    (r"X", "KS"),
    (r"W", "U"),
    (r"Y", "I"),
)


def fold(token: pl.Expr) -> pl.Expr:
    """A token's sounds: ``Soekardjo`` → ``SUKARJO``, ``Khaeruddin`` → ``HAIRUDIN``."""
    folded = token
    for pattern, letter in _FOLDS:
        folded = folded.str.replace_all(pattern, letter)
    # The engine has no back-references: doubled letters one by one.
    for letter in "ABCDEGHIJKLMNOPRSTU":
        folded = folded.str.replace_all(f"{letter}{letter}+", letter)
    return folded.str.replace(r"([AIUEO])H$", "$1")


def _plain(name: pl.Expr) -> pl.Expr:
    """Upper case, no accents, only letters, dots and single spaces."""
    letters = name.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_uppercase()
    # An apostrophe or a hyphen between a prefix and a name joins them: Syafi'i, Nur-Hayati.
    joined = letters.str.replace_all(r"['`´‘’ʼ\"]", "").str.replace_all(_SPACED_DEGREE, "$1$2")
    return joined.str.replace_all(r"[^A-Z.]+", " ").str.strip_chars(" .")


def _tokens(words: pl.Series) -> pl.DataFrame:
    """Each distinct written word and what it stands for: ``word, parts list[str]``."""
    frame = pl.DataFrame({"word": words}).with_columns(
        bare=pl.col("word").str.replace_all(".", "", literal=True)
    )
    split = (
        frame.with_columns(
            part=pl.col("word").str.replace_all(".", " ", literal=True).str.strip_chars().str.split(" ")
        )
        .explode("part", empty_as_null=True)
        .filter(pl.col("part").fill_null("") != "")
    )
    dropped = pl.col("bare").is_in(list(_DROPPED)) | pl.col("part").is_in(list(_DROPPED))
    # With its dots a degree is told from a name: S.T. goes, St. (Siti) stays.
    degree = (pl.col("bare") == "ST") & pl.col("word").str.contains(r"^S\.T")
    split = split.filter(~dropped & ~degree)
    form = (
        pl.when(pl.col("part").is_in(list(_MUHAMMAD)))
        .then(pl.lit(MUHAMMAD))
        .when(pl.col("part").is_in(list(_SITI)))
        .then(pl.lit("SITI"))
        .when(pl.col("part").is_in(["ABD", "ABDL", "ABDU", "ABDUL", "ABDOEL"]))
        .then(pl.lit("ABDU"))
        .otherwise(fold(pl.col("part")))
    )
    # ABDURRAHMAN, ABDUL RAHMAN and ABD. RAHMAN are one name; ABDULLAH is its own.
    form = form.str.replace(r"^ABDU[LRSTDN]?([BCDGHJKMNPRST][AIUEO].+)$", "ABDU $1")
    return split.select("word", "part", form=form)


def normalise(frame: pl.DataFrame, column: str = "name") -> pl.DataFrame:
    """One row per distinct value of ``column``: its forms for comparing.

    ``plain`` tokens in order · ``key`` sorted tokens without MUHAMMAD, titles and degrees ·
    ``compact`` the plain name without spaces · ``first``, ``last`` token · ``title`` LALU, BAIQ, …
    All are null for a name without letters.
    """
    raw = frame.select(pl.col(column).alias("raw")).drop_nulls().unique()
    raw = raw.with_columns(plain=_plain(pl.col("raw")))
    names = raw.select("plain").unique().with_row_index("id")
    long = (
        names.select("id", word=pl.col("plain").str.split(" "))
        .explode("word", empty_as_null=False)
        .filter(pl.col("word").str.contains("[A-Z]"))
    )
    long = long.join(_tokens(long["word"].unique()), on="word", maintain_order="left_right")
    forms = _forms(_without_titles(long))
    joined = names.join(forms, on="id", how="left").drop("id")
    return raw.join(
        joined.rename({"plain": "written"}), left_on="plain", right_on="written", how="left"
    ).select(pl.col("raw").alias(column), "key", "compact", "first", "last", "title", plain="ordered")


def _without_titles(long: pl.DataFrame) -> pl.DataFrame:
    """Titles moved to a column of their own; MUHAMMAD kept only where it is the whole name.

    Rows of one name stand together, so neighbours tell first and last; windows would cost seconds.
    """
    begins = pl.col("id").ne_missing(pl.col("id").shift(1))
    ends = pl.col("id").ne_missing(pl.col("id").shift(-1))
    # A title counts only before something; 'L' or 'M' further back is an initial.
    title = pl.col("part").replace_strict(TITLES, default=None, return_dtype=pl.String)
    long = long.with_columns(begins=begins).with_columns(title=pl.when(pl.col("begins") & ~ends).then(title))
    early = pl.col("begins") | pl.col("begins").shift(1).fill_null(False)
    form = (
        pl.when((pl.col("part") == "M") & ~early)
        .then(pl.lit("M"))
        # S.T. and St. look alike: before a name it is Siti, behind it a degree.
        .when((pl.col("part") == "ST") & ~pl.col("begins"))
        .then(None)
        .otherwise(pl.col("form"))
    )
    long = long.with_columns(form=form).filter(pl.col("form").is_not_null())
    titles = long.filter(pl.col("title").is_not_null()).select("id", "title")
    rest = long.filter(pl.col("title").is_null())
    named = rest.filter(pl.col("form") != MUHAMMAD).select("id").unique()
    only = rest.filter(pl.col("form") == MUHAMMAD).join(named, on="id", how="anti")
    rest = pl.concat([rest.filter(pl.col("form") != MUHAMMAD), only.unique("id")])
    return rest.select("id", "form").join(titles, on="id", how="left", maintain_order="left")


def _forms(tokens: pl.DataFrame) -> pl.DataFrame:
    tokens = tokens.with_columns(pl.col("form").str.split(" ")).explode("form", empty_as_null=False)
    lists = tokens.group_by("id", maintain_order=True).agg("form", title=pl.col("title").first())
    ordered = pl.col("form").list
    return lists.select(
        "id",
        "title",
        ordered=ordered.join(" "),
        key=ordered.sort().list.join(" "),
        compact=ordered.join(""),
        first=ordered.first(),
        last=ordered.last(),
    )


def similarity_sql(left: str, right: str) -> str:
    """The one definition of likeness of two folded names, as text for DuckDB: Jaro-Winkler, 0 to 1.

    Engines differ in the fourth digit, so no other engine may compute it.
    """
    return f"jaro_winkler_similarity({left}, {right})"


def contained_sql(left: str, right: str) -> str:
    """True when all tokens of one key stand in the other: a shortened name."""
    a, b = f"string_split({left}, ' ')", f"string_split({right}, ' ')"
    return f"(list_has_all({a}, {b}) OR list_has_all({b}, {a}))"
