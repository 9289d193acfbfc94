"""NIKs and birth dates as clerks write them: the errors of ``rates`` put into true values."""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.world import rates

_MARKS = ["{0}.{1}.{2}", "{0} {1} {2}", "'{0}{1}{2}", "{0}-{1}-{2}", "{0}{1}{2} ", "NIK {0}{1}{2}"]
_INVISIBLE = ["\u200b{}", "{}\u00a0", "\ufeff{}", "{}\u200e", "\u202a{}\u202c"]


def niks(rng: np.random.Generator, nik: pl.Series, head: pl.Series, quality: float = 1.0) -> pl.DataFrame:
    """``nik_cell`` (text, null for blank), ``nik_numeric`` (an Excel number), ``nik_fault`` (code).

    ``head`` is the NIK of the household's head, for those whose clerk copied it down.
    """
    codes = list(rates.NIK)
    fault = rates.lottery(rng, rates.NIK, len(nik), quality)
    cell = nik.to_numpy().astype(object)
    heads = head.to_numpy()
    for place, code in enumerate(codes):
        rows = np.flatnonzero(fault == place)
        if len(rows):
            cell[rows] = _spoilt(rng, code, cell[rows], heads[rows])
    named = pl.Series([*codes, None], dtype=pl.String).gather(np.where(fault < 0, len(codes), fault))
    # Copying the head's NIK onto the head changes nothing.
    cells = pl.Series(cell.tolist(), dtype=pl.String)
    same = cells == nik
    named = pl.select(pl.when(same.fill_null(False)).then(None).otherwise(named)).to_series()
    return pl.DataFrame(
        {
            "nik_cell": cells,
            "nik_numeric": fault == codes.index("nik_numeric"),
            "nik_fault": named,
        }
    )


def _spoilt(
    rng: np.random.Generator, code: str, nik: np.ndarray, head: np.ndarray
) -> np.ndarray | str | None:
    """The cells of one kind of error."""
    fixed = {"nik_absent": None, "nik_zero": "0", "nik_zeros16": "0" * 16}
    if code in fixed:
        return fixed[code]
    if code == "nik_of_head":
        return head
    if code == "nik_numeric":
        return lost_digit(nik)
    at = rng.integers(0, 16, len(nik))
    turn = rng.integers(0, 30, len(nik))
    one = {
        "nik_short": lambda t, k, _: t[:k] + t[k + 1 :],
        "nik_long": lambda t, k, _: t[:k] + t[k] + t[k:],
        "nik_letter": lambda t, _, n: t.replace("0", "O", 1 + n % 2),
        "nik_marks": lambda t, _, n: _MARKS[n % len(_MARKS)].format(t[:6], t[6:12], t[12:]),
        "nik_invisible": lambda t, _, n: _INVISIBLE[n % len(_INVISIBLE)].format(t),
        "nik_typo": lambda t, k, n: t[:k] + str((int(t[k]) + 1 + n % 9) % 10) + t[k + 1 :],
        "nik_transposed": lambda t, k, _: (
            t[: k - 1] + t[k] + t[k - 1] + t[k + 1 :] if k else t[1] + t[0] + t[2:]
        ),
    }[code]
    return np.array([one(t, int(k), int(n)) for t, k, n in zip(nik, at, turn, strict=True)], dtype=object)


def lost_digit(nik: np.ndarray) -> np.ndarray:
    """What Excel shows of a NIK typed as a number: fifteen digits and a 0."""
    return np.array([t[:15] + "0" for t in nik], dtype=object)


def births(rng: np.random.Generator, born: pl.Series, quality: float = 1.0) -> pl.DataFrame:
    """``birth_stated`` (date or null) and ``birth_fault``."""
    codes = list(rates.BIRTH)
    fault = rates.lottery(rng, rates.BIRTH, len(born), quality)
    frame = pl.DataFrame(
        {"born": born, "fault": fault, "step": rng.choice([-10, -2, -1, 1, 2, 10], len(born))}
    )
    date, year = pl.col("born"), pl.col("born").dt.year()
    swapped = pl.when(date.dt.day() <= 12).then(pl.date(year, date.dt.day(), date.dt.month())).otherwise(date)
    shifted = pl.date(year + pl.col("step"), date.dt.month(), pl.min_horizontal(date.dt.day(), 28))
    stated = (
        pl.when(pl.col("fault") == codes.index("birth_absent"))
        .then(None)
        .when(pl.col("fault") == codes.index("birth_swapped"))
        .then(swapped)
        .when(pl.col("fault") == codes.index("birth_year"))
        .then(shifted)
        .when(pl.col("fault") == codes.index("birth_first"))
        .then(pl.date(year, 1, 1))
        .otherwise(date)
    )
    frame = frame.with_columns(birth_stated=stated)
    named = pl.Series([*codes, None], dtype=pl.String).gather(np.where(fault < 0, len(codes), fault))
    changed = ~frame["birth_stated"].eq_missing(born)
    return frame.select("birth_stated", birth_fault=pl.when(changed).then(named))
