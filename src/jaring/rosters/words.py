"""Words and codes of lists → the vocabulary of the rooms above. Each is looked up once per distinct cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import polars as pl

from jaring.rosters.synonyms import key

_SEX = {
    **dict.fromkeys(
        (
            "l",
            "lk",
            "laki",
            "laki laki",
            "laki2",
            "lakilaki",
            "pria",
            "m",
            "male",
            "1",
            "laki laki l",
            "cowok",
        ),
        "L",
    ),
    **dict.fromkeys(
        ("p", "pr", "pr p", "perempuan", "wanita", "f", "female", "2", "perempuan p", "cewek", "w"), "P"
    ),
}
#: OpenSID's status_dasar by number, and what registers write. programme.md §4.3 A.
_STATUS = (
    (r"^(2|mati|meninggal.*|wafat|almarhum.*|kematian|md)$", "mati"),
    (r"^(3|pindah.*|mutasi keluar|keluar)$", "pindah"),
    (r"^(4|hilang)$", "hilang"),
    (r"^(6|pergi)$", "pergi"),
    (r"^(9|tidak valid|invalid|tidak sah|nik tidak (valid|terdaftar|ditemukan))$", "tidak_valid"),
    (r"^(1|hidup|tetap|ada|valid|sesuai|terdaftar)$", "hidup"),
    (r"^(non ?aktif|tidak aktif|na|keluar kepesertaan|berhenti)$", "nonaktif"),
    (r"^(aktif|a|peserta aktif)$", "aktif"),
    (r"^(berangkat|di luar negeri|penempatan|bekerja di ln)$", "berangkat"),
    (r"^(pulang|kembali|purna.*)$", "pulang"),
)
_SEGMENT = (
    (r"\bbpd\b|badan permusyawaratan", "bpd"),
    (r"\b(ketua )?(rt|rw)\b|rukun (tetangga|warga)", "rt_rw"),
    (r"\bkader\b|posyandu|\bkpm\b|\bpkk\b", "kader"),
    (r"linmas|hansip|\bbkd\b|badan keamanan desa", "satlinmas"),
    (
        r"marbot|merbot|marbut|takmir|imam|penjaga masjid|pengurus masjid|kebersihan masjid|muadzin"
        r"|muazin|bilal",
        "marbot",
    ),
    (
        r"guru ngaji|guru (tpq|tpa|madin|quran|alquran|al quran)|\bngaji\b|\btpq\b|\btpa\b|\bmadin\b"
        r"|ustad|ustaz",
        "guru_ngaji",
    ),
    (
        r"\bstaff?\b|pekemit|pakemit|operator|petugas kebersihan|pesuruh|honorer desa|penjaga kantor"
        r"|tenaga kebersihan",
        "staf_desa",
    ),
    (
        r"kepala desa|\bkades\b|sekretaris desa|\bsekdes\b|\bkaur\b|\bkasi\b|kepala urusan|kepala seksi"
        r"|kepala dusun|\bkadus\b"
        r"|kepala (ke)?wilayah(an)?\b|pelaksana kewilayahan|\bkawil\b|kepala lingkungan|perangkat"
        r"|bendahara desa|keliang|kliang"
        r"|aparatur? desa|penjabat kepala|\bpj kades\b|\bsekretaris$",
        "perangkat_desa",
    ),
    (r"buruh.*tembakau|buruh tani tembakau", "buruh_tembakau"),
    (r"petani.*tembakau|tembakau", "petani_tembakau"),
    (r"nelayan|pembudidaya ikan", "nelayan"),
    (r"\bumkm\b|usaha mikro|pelaku usaha|pedagang", "umkm"),
    (r"\bpmi\b|pekerja migran|\btki\b", "pmi"),
    (r"miskin|desil [12]\b", "miskin"),
    (r"honorer|non ?asn|pegawai tidak tetap|\bptt\b|\bthl\b|tenaga (harian|kontrak)|paruh waktu", "non_asn"),
    (r"karyawan|pekerja perusahaan|buruh pabrik", "pekerja_perusahaan"),
)
_SOURCE = (
    (r"dbh ?cht|cukai|tembakau", "dbhcht"),
    (r"\bdana desa\b|\bdd\b|\bdds\b", "dana_desa"),
    (r"\badd\b|alokasi dana desa|apbdes|desa", "add"),
    (r"\bcsr\b|tjsl|\bbank\b", "csr"),
    (r"provinsi|\bprov\b|\bntb\b", "province"),
    (r"apbd|pemda|pemkab|kabupaten|daerah|\bkab\b", "apbd"),
    (r"perusahaan|pemberi kerja|badan usaha|employer|majikan|penerima upah|kontraktor", "employer"),
    (r"mandiri|sendiri|pribadi|self|peserta", "self"),
)
_KIND = (
    (r"^(pu|penerima upah)$", "pu"),
    (r"^(bpu|bukan penerima upah)$", "bpu"),
    (r"jakon|jasa konstruksi", "jakon"),
    (r"^(pmi|pekerja migran( indonesia)?)$", "pmi"),
)
_ALL = ("jkk", "jkm", "jht", "jp")


def meanings(texts: Iterable[str | None], meaning: Callable[[str], str | None]) -> dict[str, str | None]:
    """``meaning`` of every distinct text of a column."""
    return {text: meaning(text) for text in texts if text is not None}


def put(column: pl.Expr, known: dict[str, str | None]) -> pl.Expr:
    """The column with each text replaced by its meaning; unknown ones become null."""
    if not any(known.values()):
        return pl.lit(None, dtype=pl.String)
    return column.replace_strict(known, default=None, return_dtype=pl.String)


def _first(table: tuple[tuple[str, str], ...]) -> Callable[[str], str | None]:
    compiled = [(re.compile(pattern), word) for pattern, word in table]

    def look(text: str) -> str | None:
        own = key(text)
        return next((word for pattern, word in compiled if pattern.search(own)), None)

    return look


def sex(text: str) -> str | None:
    """``L`` or ``P`` for the words and codes of lists."""
    return _SEX.get(key(text))


status = _first(_STATUS)
segment = _first(_SEGMENT)
source = _first(_SOURCE)
_kind = _first(_KIND)


def cover_segment(text: str) -> str | None:
    """pu, bpu, jakon or pmi; a segment of the vocabulary; else the list's own words."""
    return _kind(text) or segment(text) or " ".join(text.split())


def programmes(text: str) -> str | None:
    """``JKK, JKM dan JHT``, ``2 program``, ``JKK+JKM`` → ``jkk+jkm+jht`` in fixed order."""
    own = key(text)
    named = [p for p in _ALL if re.search(rf"\b{p}\b|{p}(?=j)|(?<=k|m|t){p}", own)]
    if named:
        return "+".join(named)
    counted = re.search(r"\b([234])\b", own)
    return "+".join(_ALL[: int(counted[1])]) if counted else None


def marked(text: str) -> bool:
    """Whether a cell of a yes/no column says yes."""
    return key(text) not in {"", "0", "tidak", "t", "n", "no", "belum", "false", "x0"}


def sector(text: str) -> str | None:
    """``transport`` for drivers and carriers (a bracket of its own in the law), else ``other``."""
    return (
        "transport"
        if re.search(r"transport|angkut|ojek|ojol|sopir|supir|kusir|cidomo|logistik|kurir", key(text))
        else "other"
    )
