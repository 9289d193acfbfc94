"""The roles: what each may do, how far it reaches, which two no one person may hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Reach(Enum):
    """How far an assignment goes before its own territory narrows it."""

    REGENCY = "regency"  # every desa, or the kecamatan and desa named in the assignment
    DESA = "desa"  # only the desa named; naming none is refused
    LIST = "list"  # every desa, but only the kinds of list named
    BATCHES = "batches"  # batch files and their answers
    ACCOUNTS = "accounts"  # accounts only


class Persons(Enum):
    """Which rows about persons a role may read at all."""

    NONE = "none"  # counts and sums
    LISTS = "lists"  # rows of the lists of its own kinds
    REGISTER = "register"  # the register, within the territory


#: Every right there is, in the order of the month. A right that no role has is a mistake.
RIGHTS = {
    "roster.screen": "memeriksa daftar sebelum dikirim",
    "roster.receive": "menerima atau mengunggah daftar",
    "roster.read": "membaca daftar dan alasan barisnya tertahan",
    "people.read": "membaca orang dalam register",
    "review.decide": "memutuskan apakah dua baris orang yang sama",
    "review.answer": "menjawab pertanyaan tentang orang di desanya",
    "fund.read": "membaca anggaran dan pemakaiannya",
    "fund.load": "memuat anggaran dari dokumennya",
    "fund.propose": "mengusulkan siapa dibayar dari sumber mana",
    "fund.approve": "menyetujui atau menolak usulan dana",
    "decree.make": "menyusun SK dan lampirannya",
    "decree.approve": "menyetujui SK",
    "batch.make": "menyusun berkas kirim kepada BPJS",
    "batch.approve": "menyetujui berkas kirim",
    "batch.fetch": "mengambil berkas kirim",
    "answer.give": "menyerahkan jawaban BPJS",
    "bill.read": "membaca tagihan",
    "bill.reconcile": "mencocokkan daftar, tagihan, dan SP2D",
    "bill.approve": "menyetujui penyelesaian tagihan yang berbeda",
    "payment.read": "membaca pembayaran dan kalendernya",
    "payment.record": "mencatat SPP dan SP2D",
    "mutation.report": "melaporkan meninggal, pindah, atau berhenti dengan bukti",
    "mutation.decide": "memutuskan mutasi dan penggantian",
    "pause.set": "menahan atau melepas seseorang dari pekerjaan berkelompok",
    "month.run": "menjalankan tahap bulan berjalan",
    "village.remind": "menerbitkan surat teguran kepada desa",
    "document.print": "mencetak daftar, kartu, dan surat",
    "coverage.read": "membaca cakupan dan angka ringkas",
    "ledger.read": "membaca buku besar",
    "decision.recompute": "menghitung ulang keputusan",
    "nik.reveal": "membuka NIK dengan alasan yang dicatat",
    "export.people": "mengunduh daftar orang",
    "export.approve": "menyetujui unduhan di atas 500 orang",
    "journal.read": "membaca jurnal",
    "accounts.manage": "mengatur akun, peran, dan wilayah",
}


@dataclass(frozen=True)
class Role:
    """One line of the table. ``kinds``: the lists a LIST role may be given."""

    code: str
    title: str
    reach: Reach
    persons: Persons
    rights: frozenset[str]
    second_factor: bool = False
    kinds: frozenset[str] = frozenset()


def _rights(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "disnakertrans",
            "Disnakertrans (pengolah)",
            Reach.REGENCY,
            Persons.REGISTER,
            _rights(
                "roster.screen roster.receive roster.read people.read review.decide fund.read fund.load "
                "fund.propose decree.make batch.make batch.fetch answer.give bill.read bill.reconcile "
                "payment.read mutation.report mutation.decide pause.set month.run document.print "
                "coverage.read ledger.read decision.recompute nik.reveal export.people"
            ),
            second_factor=True,
        ),
        Role(
            "penyetuju",
            "Kepala Disnakertrans atau Sekda (penyetuju)",
            Reach.REGENCY,
            Persons.REGISTER,
            _rights(
                "roster.read people.read fund.read fund.approve decree.approve batch.approve "
                "bill.read bill.approve payment.read pause.set coverage.read ledger.read "
                "decision.recompute nik.reveal export.approve"
            ),
            second_factor=True,
        ),
        Role(
            "operator_desa",
            "Operator desa atau kelurahan",
            Reach.DESA,
            Persons.REGISTER,
            _rights(
                "roster.screen roster.receive roster.read people.read review.answer mutation.report "
                "document.print coverage.read nik.reveal"
            ),
        ),
        Role(
            "dpmd",
            "DPMD",
            Reach.REGENCY,
            Persons.NONE,
            _rights("fund.read bill.read payment.read village.remind document.print coverage.read"),
        ),
        Role(
            "bpkad",
            "BPKAD (perbendaharaan)",
            Reach.REGENCY,
            Persons.NONE,
            _rights("fund.read bill.read payment.read payment.record coverage.read ledger.read"),
            second_factor=True,
        ),
        Role(
            "dinas",
            "Dinas pemilik daftar (Pertanian, Koperasi, Kesra, PMI)",
            Reach.LIST,
            Persons.LISTS,
            _rights("roster.screen roster.receive roster.read coverage.read"),
            kinds=frozenset({"petani", "umkm", "hibah", "keagamaan", "pmi", "dtsen"}),
        ),
        Role(
            "bpjs",
            "Kantor cabang BPJS Ketenagakerjaan",
            Reach.BATCHES,
            Persons.NONE,
            _rights("batch.fetch answer.give bill.read"),
            second_factor=True,
        ),
        Role(
            "pimpinan",
            "Bupati atau Sekda (pembaca)",
            Reach.REGENCY,
            Persons.NONE,
            _rights("coverage.read fund.read payment.read"),
        ),
        Role(
            "pengawas",
            "Inspektorat atau BPK (pembaca)",
            Reach.REGENCY,
            Persons.REGISTER,
            _rights(
                "roster.read people.read fund.read bill.read payment.read coverage.read ledger.read "
                "decision.recompute nik.reveal journal.read"
            ),
            second_factor=True,
        ),
        Role(
            "admin_akun",
            "Admin akun",
            Reach.ACCOUNTS,
            Persons.NONE,
            _rights("accounts.manage"),
            second_factor=True,
        ),
    )
}

#: Who makes does not check, who checks does not pay, who audits does none of it, and who hands out
#: roles holds no other.
INCOMPATIBLE: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        ("disnakertrans", "penyetuju"),
        ("disnakertrans", "bpkad"),
        ("penyetuju", "bpkad"),
        ("operator_desa", "penyetuju"),
        ("operator_desa", "bpkad"),
        ("dinas", "penyetuju"),
        ("dinas", "bpkad"),
        ("dpmd", "penyetuju"),
        *(("bpjs", other) for other in ROLES if other != "bpjs"),
        *(("pengawas", other) for other in ROLES if other not in {"pengawas", "pimpinan"}),
        *(("admin_akun", other) for other in ROLES if other != "admin_akun"),
    )
)


def compatible(one: str, other: str) -> bool:
    """Whether one person may hold both."""
    return frozenset((one, other)) not in INCOMPATIBLE
