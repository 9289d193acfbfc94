"""What a written occupation or position says: civil service or not, and the work it stands for."""

from __future__ import annotations

import polars as pl

#: Civil servants, soldiers, police, as registers and lists write them (OpenSID occupations 5 to 7).
_STATE = (
    r"\b(pns|asn|pppk|p3k|tni|polri|pegawai negeri( sipil)?|tentara nasional( indonesia)?|kepolisian( ri)?)\b"
)
#: The words that turn such a word round: honorary staff, pensioners, wives of.
_NOT_STATE = (
    r"\bnon[\s-]*(pns|asn|pppk)\b"
    r"|\b(bukan|eks|mantan|purn\w*|pensiun\w*|istri|suami|anak)\b[\s-]*(pns|asn|tni|polri)?"
)

#: No work of one's own; everything else that is written is work.
_NO_WORK = (
    r"^\s*$|^-+$|belum|tidak (be)?kerja|pelajar|mahasiswa|mengurus rumah|ibu rumah|\birt\b"
    r"|pensiun|purnawirawan|balita"
)

#: The segment of an occupation in a register of residents; the first that fits. The rest is ``lainnya``.
_SEGMENTS = (
    (r"nelayan", "nelayan"),
    (r"perangkat desa|kepala desa", "perangkat_desa"),
    (r"imam masjid|marbo?t", "marbot"),
    (r"ustad|ustaz|mubali|guru ngaji", "guru_ngaji"),
    (r"karyawan (swasta|bumn|bumd)", "pekerja_perusahaan"),
    (r"honorer", "non_asn"),
)


def is_state_servant(text: pl.Expr) -> pl.Expr:
    """Whether the words name a civil servant, soldier or police officer. Null when nothing is written."""
    own = text.str.to_lowercase()
    return own.str.replace_all(_NOT_STATE, " ").str.contains(_STATE)


def segment(occupation: pl.Expr) -> pl.Expr:
    """The segment that an occupation claims; null where it is no work, or the state's service."""
    own = occupation.str.to_lowercase()
    named = [pl.when(own.str.contains(pattern)).then(pl.lit(found)) for pattern, found in _SEGMENTS]
    no_claim = own.is_null() | own.str.contains(_NO_WORK) | is_state_servant(occupation)
    return pl.when(~no_claim).then(pl.coalesce(*named, pl.lit("lainnya")))
