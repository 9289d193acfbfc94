"""The walk as a table: who, what they do, where. Each step opens its actor's page at one press."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Words


@dataclass(frozen=True)
class Actor:
    username: str
    title: Words
    does: Words


@dataclass(frozen=True)
class Step:
    username: str
    title: Words
    see: Words
    address: str

    @property
    def who(self) -> Words:
        return next(actor.title for actor in actors() if actor.username == self.username)


def actors() -> tuple[Actor, ...]:
    """The accounts of the demo, in the order of the month."""
    return (
        Actor("desa.1", _("Operator desa"), _("daftar desanya, baris yang tertahan, laporan meninggal")),
        Actor("pertanian", _("Dinas Pertanian"), _("daftar petani, diperiksa sebelum dikirim")),
        Actor("disnaker", _("Disnakertrans (pengolah)"), _("seluruh bulan, dari daftar sampai tagihan")),
        Actor("kadis", _("Kepala Disnakertrans (penyetuju)"), _("menyetujui atau menolak dengan alasan")),
        Actor("bpjs", _("Kantor cabang BPJS"), _("mengambil berkas, menyerahkan jawaban")),
        Actor("bpkad", _("BPKAD"), _("kalender bayar dan SP2D")),
        Actor("dpmd", _("DPMD"), _("desa yang belum menganggarkan atau membayar")),
        Actor("bupati", _("Bupati"), _("satu halaman, tanpa data orang")),
        Actor("inspektorat", _("Inspektorat"), _("setiap angka sampai ke barisnya, dan jurnal")),
        Actor("admin", _("Admin akun"), _("akun, peran, wilayah")),
    )


def steps() -> tuple[Step, ...]:
    """Ten minutes: from the one page of the Bupati back to the lists, and through the month again."""
    return (
        Step(
            "bupati",
            _("Satu halaman untuk Bupati"),
            _("Berapa orang terlindungi bulan ini, dan apa yang mendesak."),
            "/",
        ),
    )
