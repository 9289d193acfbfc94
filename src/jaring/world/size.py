"""How large the world is: the published figures in full, or about one sixtieth of them for tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

#: The world is drawn as offices see it when the lists for April 2026 are gathered.
TODAY = dt.date(2026, 3, 15)
#: Population at the end of 2025 (ntbnews.sigapnews.co.id sn-98344) and of workers (region settings).
POPULATION = 1_457_591

#: Units of the small world: fishers, tobacco, a parted kecamatan (old code), two spellings, a kelurahan.
SMALL_UNITS = ("52.03.01.2001", "52.03.02.2001", "52.03.07.1007", "52.03.21.2006", "52.03.21.2008")

#: Rows of each list in full. Sources: programme.md §1.2 to §1.5; [assumption] where marked.
FULL = {
    "petani_2025": 17_395,
    "petani_2026": 30_108,
    "nelayan_2026": 5_108,  # [assumption] the plan says farmers and fishers without a split
    "keagamaan": 2_950,
    "keagamaan_bersih": 2_434,
    "dtsen": 60_000,  # [assumption]
    "umkm": 73_000,
    "hibah": 31_000,
    "pmi": 15_000,
    "perusahaan": 60,  # [assumption] rosters that came in, not all companies
    "pekerja_perusahaan": 12_000,  # [assumption]
    "proyek": 300,  # [assumption]
    "meninggal": 4_000,  # [assumption]
    "pindah": 2_500,  # [assumption]
    "penduduk_desa": 10,
    "suplemen_desa": 30,
    "siak_kecamatan": 2,
    "siak_baris": 15_000,
    "csr_nelayan": 1_000,  # CSR Bank NTB Syariah at Tanjung Luar, two months
}

#: The insurer's active list of January 2026: 164,828. Village and non-ASN rows as in the June 2025 table;
#: the split of the rest is an [assumption].
ACTIVE = {
    "perangkat_desa": 3_559,
    "bpd": 599,
    "satlinmas": 1_783,
    "staf_desa": 162,
    "kader": 99,
    "rt_rw": 53,
    "non_asn": 8_963,
    "pekerja_perusahaan": 78_000,
    "bpu_mandiri": 24_000,
    "bpu_provinsi": 3_000,
    "jakon": 29_000,
    "pmi": 15_610,
}


@dataclass(frozen=True)
class Size:
    """``full`` or ``small``; every count of a list is asked of it."""

    name: str
    workers: int
    people: int
    units: tuple[str, ...] = field(default=())

    def of(self, what: str) -> int:
        """How many rows or files of ``what``."""
        return self.part(FULL[what])

    def part(self, full: int) -> int:
        """A count of the full world at this size, never 0."""
        return full if self.name == "full" else max(1, round(full / 60))


def size(name: str, workers: int) -> Size:
    """The size by name; ``workers`` is the regency's own figure."""
    if name == "full":
        return Size("full", workers, POPULATION)
    if name == "small":
        return Size("small", round(workers / 60), round(POPULATION / 60), SMALL_UNITS)
    raise ValueError(f"ukuran {name!r} tidak dikenal; yang ada: full, small")
