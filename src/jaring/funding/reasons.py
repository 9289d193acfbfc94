"""Why a candidate is not funded, in words for the candidate. The law's own reasons stand in the law."""

from __future__ import annotations

from jaring.facts.reason import Reason

_ALL = (
    Reason(
        "tanpa-sumber",
        "note",
        "Tidak ada sumber dana yang boleh membayar iuran orang ini.",
        "Daftarkan secara mandiri, atau perbarui daftar bila segmennya salah.",
    ),
    Reason(
        "tanpa-harga",
        "note",
        "Iuran orang ini belum dapat dihitung.",
        "Lengkapi upah atau penghasilannya pada daftar.",
    ),
    Reason(
        "pagu-habis",
        "note",
        "Pagu dana yang boleh membayar sudah habis sebelum urutan orang ini.",
        "Menunggu menurut urutan; bergerak bila pagu bertambah atau ada yang berhenti.",
    ),
    Reason(
        "dana-tidak-terbuka",
        "note",
        "Ada sumber yang boleh membayar, tetapi tidak ada dananya untuk desa, segmen, atau bulan ini.",
        "Muat anggaran sumber itu, atau tunggu sampai bulannya.",
    ),
    Reason(
        "ditahan",
        "note",
        "Seorang petugas menahan orang ini; tidak ada dana yang ditawarkan selama ditahan.",
        "Lihat alasan penahanannya; lepaskan bila sebabnya sudah selesai.",
    ),
    Reason(
        "identitas-kurang",
        "note",
        "NIK atau nama orang ini tidak ada di daftar mana pun; BPJS tidak dapat mendaftarkannya.",
        "Lengkapi NIK dan nama menurut KTP-el pada daftar asalnya.",
    ),
    Reason(
        "sudah-dibayar",
        "note",
        "Iuran orang ini untuk bulan itu sudah dibayar pihak lain.",
        "Tidak perlu dibayar lagi; keluarkan dari usulan.",
    ),
)


def reason(code: str) -> Reason | None:
    """The reason of a waiting list's code; None for a code of the law."""
    return {one.code: one for one in _ALL}.get(code)
