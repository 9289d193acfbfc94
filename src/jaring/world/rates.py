"""How often lists err, in one table: share of rows and where the figure comes from.

``[S]`` stands in a source (programme.md names it), ``[C]`` follows from one by arithmetic, ``[A]`` is an
assumption: the kind of error is documented, its rate is not. Each list multiplies the rates of
its cells by its own ``quality`` below.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.world.dice import Ints

#: NIK cells, of which one error at most befalls a cell.
NIK = {
    "nik_numeric": (0.022, "[A] 16th digit became 0: Excel keeps 15 (OpenSID #10948, #3501)"),
    "nik_absent": (0.026, "[A] blank: known by name only"),
    "nik_zero": (0.010, "[A] typed 0: OpenSID writes 0 for 'no NIK yet'"),
    "nik_zeros16": (0.004, "[A] sixteen zeros"),
    "nik_short": (0.009, "[A] 15 digits"),
    "nik_long": (0.004, "[A] 17 digits"),
    "nik_letter": (0.003, "[A] letter O for 0"),
    "nik_marks": (0.022, "[A] dots, spaces, apostrophe (OpenSID #1817)"),
    "nik_invisible": (0.006, "[A] invisible characters of Dukcapil exports (OpenSID strips them)"),
    "nik_typo": (0.011, "[A] one digit wrong"),
    "nik_transposed": (0.003, "[A] two neighbours changed places"),
    "nik_of_head": (0.007, "[A] the head of the family's NIK copied down"),
}
#: Birth-date cells, likewise.
BIRTH = {
    "birth_absent": (0.012, "[A]"),
    "birth_swapped": (0.010, "[A] day and month changed places (DD/MM against MM/DD)"),
    "birth_year": (0.006, "[A] a digit of the year"),
    "birth_first": (0.004, "[A] 1 January of the year"),
}
#: Names: each befalls a name on its own, where the name has what it needs.
NAME = {
    "name_muhammad": (0.45, "[A] another form of Muhammad, or an abbreviation"),
    "name_muhammad_dropped": (0.05, "[A]"),
    "name_abdul": (0.30, "[A] Abd."),
    "name_siti": (0.30, "[A] St."),
    "name_rank": (0.38, "[A] L., Lalu; Bq., Baiq"),
    "name_rank_dropped": (0.04, "[A]"),
    "name_haji": (0.55, "[A] H., Hj. written before the name of those who made the pilgrimage"),
    "name_degree": (0.45, "[A] degrees written after it"),
    "name_sound": (
        0.13,
        "[A] one sound spelt another way: oe/u, dj/j, tj/c, sy/s, kh/h, ae/ai, z/j, f/p, doubling",
    ),
    "name_typo": (0.022, "[A] a letter missing, doubled or changed with its neighbour"),
    "name_last_dropped": (0.022, "[A]"),
    "name_last_initial": (0.014, "[A]"),
    "name_joined": (0.010, "[A] two words written as one"),
    "name_other": (0.004, "[A] the name used in the village instead of the registered one"),
}
#: Places.
PLACE = {
    "place_titled": (0.12, "[A] 'Ds.', 'Desa', 'Kel.' before the name"),
    "place_misspelt": (0.02, "[A]"),
    "place_absent": (0.006, "[A]"),
}
#: Who stands on a list that should not, as share of the list.
PEOPLE = {
    "petani_over_65": (0.04, "[C] Ngawi: 1,498 of 10,000 lost, mainly over 65 or members already"),
    "petani_member": (0.06, "[C] Ngawi, as above"),
    "petani_perangkat": (0.004, "[A] perangkat desa on the farmer list (Lotim bars them: 2023 juknis)"),
    "petani_dead": (0.006, "[C] October 2024: 20 of 17,195 died in five months, reported late"),
    "keagamaan_tidak_padan": (0.175, "[S] 2,434 of about 2,950 registered, the rest blocked by adminduk"),
    "umkm_relatives": (0.03, "[A] families of village officials among recipients (fokusmediaindonesia)"),
    "twice": (0.018, "[A] the same person twice in one list (Nunukan 2023: 181 duplicates; BSU 2021: 8.6 %)"),
    "insurer_random": (0.004, "[A] refusals that no one can foresee"),
}

#: How much worse (more than 1) or better a list is than the table.
QUALITY = {
    "aparatur": 1.2,
    "penduduk": 0.5,
    "suplemen": 0.8,
    "siak": 0.15,
    "petani": 1.0,
    "keagamaan": 1.0,
    "dtsen": 0.4,
    "umkm": 1.3,
    "hibah": 0.5,
    "pmi": 0.7,
    "perusahaan": 0.5,
    "peserta_aktif": 0.12,
    "dukcapil": 0.05,
}


def rate(code: str) -> float:
    """The share of one kind of error."""
    for table in (NIK, BIRTH, NAME, PLACE, PEOPLE):
        if code in table:
            return table[code][0]
    raise KeyError(code)


def lottery(rng: np.random.Generator, table: dict[str, tuple[float, str]], size: int, quality: float) -> Ints:
    """Which error of the table befalls each of ``size`` cells: its place, or -1 for none."""
    edges = np.cumsum([share * quality for share, _ in table.values()])
    place = np.searchsorted(edges, rng.random(size), side="right")
    return np.where(place == len(table), -1, place).astype(np.int64)


def described() -> pl.DataFrame:
    """The whole table for people: ``code, rate, source``."""
    rows = [(c, s, t) for table in (NIK, BIRTH, NAME, PLACE, PEOPLE) for c, (s, t) in table.items()]
    return pl.DataFrame(rows, schema=["code", "rate", "source"], orient="row")
