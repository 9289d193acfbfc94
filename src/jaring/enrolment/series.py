"""Series of letters: the classification and the office in each number, as this regency writes them."""

from __future__ import annotations

from dataclasses import dataclass

from jaring.enrolment.models_paper import Letter


@dataclass(frozen=True, slots=True)
class Series:
    """``title``: what people call the letter; the number reads ``<code>/<number>/<unit>/<year>``."""

    title: str
    code: str
    unit: str


#: 400.10.2.4/…/PMD is how the regency numbers its letters to villages (SE Bupati 400.10.2.4/112/PMD/2026,
#: mandalikapost.com 2026-02); the other codes are this office's own until its register says otherwise.
SERIES: dict[str, Series] = {
    "pengantar": Series("Surat pengantar data peserta", "560", "NAKERTRANS"),
    "rekonsiliasi": Series("Berita acara rekonsiliasi", "900", "NAKERTRANS"),
    "spp": Series("Lampiran SPP", "900.1.3", "NAKERTRANS"),
    "teguran": Series("Surat teguran kepada desa", "400.10.2.4", "PMD"),
    "musdes": Series("Daftar untuk musyawarah desa", "560.1", "NAKERTRANS"),
    "kartu": Series("Lembar kartu peserta", "560.2", "NAKERTRANS"),
    "serah_terima": Series("Daftar serah terima kartu", "560.3", "NAKERTRANS"),
    "ahli_waris": Series("Selebaran bagi ahli waris", "560.4", "NAKERTRANS"),
}


def written(letter: Letter) -> str:
    """``400.10.2.4/7/PMD/2026``."""
    one = SERIES[letter.series]
    return f"{one.code}/{letter.number}/{one.unit}/{letter.year}"
