"""What the insurer's codes of refusal mean, and which of them better data can mend."""

from __future__ import annotations

from jaring.facts.reason import Reason

#: The reason of months before the one that the insurer starts with.
LATER_START = "MULAI-KEMUDIAN"

_TABLE: tuple[tuple[str, bool, str, str], ...] = (
    (
        "NIK-TIDAK-SAH",
        True,
        "NIK tidak dikenal Dukcapil.",
        "Cocokkan dengan KTP-el, perbaiki di daftar asal.",
    ),
    (
        "DATA-BEDA",
        True,
        "Nama atau tanggal lahir berbeda dari Dukcapil.",
        "Samakan dengan KTP-el atau urus di Dukcapil.",
    ),
    (
        "SUDAH-PU",
        False,
        "Sudah peserta penerima upah lewat pemberi kerja.",
        "Tidak perlu dibayari; tempatnya untuk antrean.",
    ),
    (
        "SUDAH-BPU",
        False,
        "Sudah peserta bukan penerima upah dengan pembayar lain.",
        "Tidak perlu dibayari; tempatnya untuk antrean.",
    ),
    ("USIA", False, "Usia melewati batas pendaftaran.", "Tempatnya untuk antrean."),
    (
        "MENINGGAL",
        False,
        "Tercatat meninggal di Dukcapil.",
        "Mintakan akta kematian dan hapus dari daftar asal.",
    ),
    (
        "GANDA",
        False,
        "Sudah didaftarkan untuk bulan yang sama.",
        "Periksa apakah wadah lain mendaftarkannya.",
    ),
)

REFUSALS: dict[str, Reason] = {
    code: Reason(code, "error", sentence, mend, confidence="official") for code, _, sentence, mend in _TABLE
}
MENDABLE: tuple[str, ...] = tuple(code for code, mendable, _, _ in _TABLE if mendable)


def reason(code: str) -> Reason:
    """The meaning of a code; one that is not agreed keeps its own name and is final."""
    return REFUSALS.get(
        code,
        Reason(code, "error", f"Kode BPJS {code} tidak ada dalam kesepakatan.", "Tanyakan kepada cabang."),
    )
