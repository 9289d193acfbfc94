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
    """``do``: what to press there; empty where there is only something to see."""

    username: str
    title: Words
    see: Words
    address: str
    do: Words = ""

    @property
    def who(self) -> Words:
        return next(actor.title for actor in actors() if actor.username == self.username)


def actors() -> tuple[Actor, ...]:
    """The accounts of the demo, in the order of the month."""
    return (
        Actor("desa.1", _("Operator desa"), _("daftar desanya, baris yang tertahan, laporan meninggal")),
        Actor("pertanian", _("Dinas Pertanian"), _("daftar petani, diperiksa sebelum dikirim")),
        Actor("disnaker", _("Disnakertrans (pengolah)"), _("seluruh bulan, dari daftar sampai tagihan")),
        Actor("kadis", _("Kepala Disnakertrans (penyetuju)"), _("menyetujui atau menolak sampai Rp1 miliar")),
        Actor("sekda", _("Sekda (penyetuju)"), _("menyetujui yang di atas batas kepala dinas")),
        Actor("bpjs", _("Kantor cabang BPJS"), _("mengambil berkas, menyerahkan jawaban")),
        Actor("bpkad", _("BPKAD"), _("kalender bayar dan SP2D")),
        Actor("dpmd", _("DPMD"), _("desa yang belum menganggarkan atau membayar")),
        Actor("bupati", _("Bupati"), _("satu halaman, tanpa data orang")),
        Actor("inspektorat", _("Inspektorat"), _("setiap angka sampai ke barisnya, dan jurnal")),
        Actor("admin", _("Admin akun"), _("akun, peran, wilayah")),
    )


def steps(month: str) -> tuple[Step, ...]:
    """Ten minutes through ``month`` (TTTT-BB), along one unpaid bill and one death reported meanwhile."""
    return (*_before_the_money(month), *_the_money_and_after())


def _before_the_money(month: str) -> tuple[Step, ...]:
    return (
        Step(
            "bupati",
            _("Satu halaman untuk Bupati"),
            _("Berapa orang terlindungi, tagihan mana yang belum dibayar, dan desa mana yang tertinggal."),
            "/pimpinan/",
            _("Ingat jumlah yang terlindungi; langkah terakhir mengubahnya."),
        ),
        Step(
            "desa.1",
            _("Desa Tanjung Luar dari telepon"),
            _("Warganya sudah terdaftar, tetapi iurannya belum dibayar. Beberapa baris tertahan."),
            "/desa/tertahan/",
            _("Buka satu baris dan perbaiki isian yang salah."),
        ),
        Step(
            "disnaker",
            _("Seluruh bulan pada satu halaman"),
            _("Dua belas langkah, dari daftar masuk sampai cakupan, masing-masing dengan yang ditunggunya."),
            f"/bulan/{month}/",
        ),
        Step(
            "disnaker",
            _("Dua baris, satu orang?"),
            _("Yang meragukan diputuskan orang: dua catatan berdampingan, bedanya ditandai."),
            "/periksa/",
            _("Putuskan beberapa dengan tombol S, B, atau T."),
        ),
        Step(
            "disnaker",
            _("Warga yang meninggal"),
            _("Operator desa melaporkan kematian dengan foto suratnya."),
            "/mutasi/",
            _("Buka laporannya, lihat fotonya, lalu terima."),
        ),
    )


def _the_money_and_after() -> tuple[Step, ...]:
    return (
        Step(
            "bpkad",
            _("Harga sebuah keterlambatan"),
            _("Kalender bayar kini menunjukkan klaim ahli waris yang tertahan oleh satu tagihan."),
            "/bayar/",
            _("Tekan Catat SP2D, isi nomor, tanggal, dan nilainya, periksa, lalu simpan."),
        ),
        Step(
            "dpmd",
            _("Desa yang menunggak"),
            _("Papan semua desa: dianggarkan, dibayar, menunggak; surat teguran satu sampai tiga."),
            "/iuran-desa/",
        ),
        Step(
            "kadis",
            _("Orang kedua"),
            _("Unduhan di atas lima ratus orang menunggu persetujuan, dengan alasan pemintanya."),
            "/persetujuan/",
            _("Setujui, atau tolak dengan alasan."),
        ),
        Step(
            "inspektorat",
            _("Setiap angka sampai ke barisnya"),
            _("Angka, definisinya, bulan-orang di belakangnya; jurnal berantai dan hitung ulang."),
            "/pemeriksaan/",
        ),
        Step(
            "desa.1",
            _("Kartu di tangan warga"),
            _("Setiap peserta memegang kartu dengan kode QR. Kodenya tidak memuat nama atau NIK."),
            "/cetak/",
            _("Unduh kartunya, lalu buka alamat di bawah kode QR: halaman umum menjawab ya atau tidak."),
        ),
        Step(
            "bupati",
            _("Kembali kepada Bupati"),
            _("Tagihan tadi sudah dibayar: warganya kini terlindungi dan klaim ahli waris terbuka."),
            "/pimpinan/",
        ),
    )
