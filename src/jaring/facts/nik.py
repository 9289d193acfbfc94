"""NIK: sixteen digits, always text. Checks what PP 40/2019 Art. 30 to 33 fixes, and no more.

The first six digits name the district of *first registration*, which does not follow a move, and
corrected birth dates do not change a NIK: neither a foreign prefix nor a differing date is an error.
"""

from __future__ import annotations

import polars as pl

#: Region (6) · day (01-31, women 41-71) · month · year · serial 0001-9999. PP 40/2019 Art. 31.
FORM = r"^\d{6}(0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(0[1-9]|1[0-2])\d{2}\d{4}$"


def digits(text: pl.Expr) -> pl.Expr:
    """Only the digits of a cell: dots, spaces, apostrophes and invisible characters fall away."""
    return text.str.replace_all(r"[^0-9]", "")


def is_absent(nik: pl.Expr) -> pl.Expr:
    """Blank, 0, or zeros only: the way lists write 'no NIK known'. Never a key."""
    return nik.is_null() | nik.str.contains(r"^0*$")


def is_wellformed(nik: pl.Expr) -> pl.Expr:
    """Sixteen digits with a possible day and month and a serial that is not 0000."""
    return (
        nik.str.contains(FORM).fill_null(False)
        & (nik.str.slice(12, 4) != "0000")
        & (nik.str.slice(0, 6) != "000000")
    )


def sex(nik: pl.Expr) -> pl.Expr:
    """``L`` or ``P`` as the day digits say (women: day + 40). Only for a well-formed NIK."""
    return (
        pl.when(nik.str.slice(6, 2).cast(pl.Int32, strict=False) > 40)
        .then(pl.lit("P"))
        .otherwise(pl.lit("L"))
    )


def birth_date(nik: pl.Expr, century_turn: int = 26) -> pl.Expr:
    """The birth date inside the NIK. Two-digit years above ``century_turn`` are of the 1900s.

    The century is not in the NIK: compare with a stated date before relying on it. Impossible
    dates (31 February) give null.
    """
    day = nik.str.slice(6, 2).cast(pl.Int32, strict=False)
    year = nik.str.slice(10, 2).cast(pl.Int32, strict=False)
    text = pl.concat_str(
        pl.when(year > century_turn).then(year + 1900).otherwise(year + 2000).cast(pl.String),
        pl.lit("-"),
        nik.str.slice(8, 2),
        pl.lit("-"),
        pl.when(day > 40).then(day - 40).otherwise(day).cast(pl.String).str.zfill(2),
    )
    return text.str.to_date("%Y-%m-%d", strict=False)


def masked(nik: str) -> str:
    """For a screen that must compare: ``5203••••••••0007``. Never beside birth date and kecamatan."""
    return f"{nik[:4]}{'•' * 8}{nik[-4:]}" if len(nik) == 16 else "•" * len(nik)
