"""How 239 village offices lay out one and the same list: headers, order, sheets, titles, endings."""

from __future__ import annotations

from dataclasses import dataclass

#: Columns by what they hold. ``ttl``: birthplace and date in one cell.
#: seq name nik kk ttl place date sex position address dusun rt rw phone wage education desa kecamatan


@dataclass(frozen=True, slots=True)
class Dialect:
    """``columns``: what, and the header over it, in order. ``split``: a sheet for each group."""

    columns: tuple[tuple[str, str], ...]
    split: bool
    titles: tuple[str, ...]
    case: str = "upper"
    dates: str = "dmy-"
    merged: bool = True
    footer: bool = True
    headings: bool = False
    blanks: bool = False
    sheet: str = "Sheet1"


def _c(text: str) -> tuple[tuple[str, str], ...]:
    """``"seq=NO|name=NAMA"`` as pairs."""
    return tuple((what, head) for what, _, head in (pair.partition("=") for pair in text.split("|")))


DIALECTS = (
    Dialect(
        _c(
            "seq=NO|name=NAMA|nik=NIK|ttl=TEMPAT, TGL LAHIR|sex=L/P|position=JABATAN|address=ALAMAT|"
            "phone=NO HP|wage=SILTAP"
        ),
        False,
        (
            "DATA PERANGKAT DAN LEMBAGA DESA {DESA}",
            "KECAMATAN {KECAMATAN} KABUPATEN LOMBOK TIMUR",
            "TAHUN 2026",
        ),
        headings=True,
    ),
    Dialect(
        _c(
            "seq=No|nik=NIK|name=Nama Lengkap|place=Tempat Lahir|date=Tanggal Lahir|"
            "sex=Jenis Kelamin|position=Jabatan|dusun=Dusun|phone=No. HP|wage=Honor/Bulan"
        ),
        True,
        ("Daftar {GRUP} Desa {Desa}",),
        case="title",
        dates="excel",
        merged=False,
    ),
    Dialect(
        _c(
            "seq=NO.|name=NAMA LENGKAP|position=JABATAN|place=TEMPAT LAHIR|date=TGL. LAHIR|"
            "nik=NO. KTP|kk=NO. KK|address=ALAMAT|wage=PENGHASILAN TETAP"
        ),
        False,
        ("PEMERINTAH KABUPATEN LOMBOK TIMUR", "KECAMATAN {KECAMATAN}", "KANTOR DESA {DESA}"),
        dates="dmy/",
        sheet="APARATUR",
    ),
    Dialect(
        _c(
            "seq=No|name=Nama|position=Jabatan|nik=NIK KTP|ttl=TTL|education=Pendidikan Terakhir|"
            "phone=No. WA|wage=Insentif"
        ),
        True,
        ("{GRUP} DESA {DESA} KECAMATAN {KECAMATAN}", "(Untuk keperluan BPJS Ketenagakerjaan)"),
        case="mixed",
        dates="indo",
        blanks=True,
    ),
    Dialect(
        _c(
            "nik=nik|name=nama|place=tempat_lahir|date=tanggal_lahir|sex=jk|position=jabatan|"
            "phone=hp|wage=gaji"
        ),
        False,
        (),
        dates="iso",
        footer=False,
        sheet="Data",
    ),
    Dialect(
        _c(
            "seq=NO URUT|name=NAMA PERANGKAT DESA|nik=NOMOR INDUK KEPENDUDUKAN|place=TEMPAT LAHIR|"
            "date=TANGGAL LAHIR|sex=JENIS KELAMIN|position=JABATAN|education=PENDIDIKAN|rt=RT|rw=RW|"
            "dusun=DUSUN|wage=SILTAP/BULAN (Rp)"
        ),
        False,
        ("DAFTAR NAMA PERANGKAT DESA, BPD, RT/RW, KADER DAN BKD", "DESA {DESA} KECAMATAN {KECAMATAN}"),
        dates="mixed",
        headings=True,
        blanks=True,
        sheet="DATA 2026",
    ),
    Dialect(
        _c(
            "seq=No.|name=NAMA|ttl=Tempat/Tgl Lahir|position=Jabatan|address=Alamat|nik=No. NIK|"
            "phone=Telp|wage=Upah"
        ),
        True,
        ("DATA {GRUP}", "Desa : {Desa}", "Kecamatan : {Kecamatan}", "Bulan : Maret 2026"),
        dates="dmy-",
        merged=False,
    ),
    Dialect(
        _c(
            "seq=NO|desa=DESA|kecamatan=KECAMATAN|name=NAMA LENGKAP|nik=NIK|date=TGL LAHIR|sex=JK|"
            "position=JABATAN|wage=HONOR"
        ),
        False,
        ("REKAP APARATUR DESA",),
        dates="serial",
        footer=False,
        sheet="Rekap",
    ),
    Dialect(
        _c(
            "seq=No|position=Jabatan dalam Desa|name=Nama Aparatur|nik=N I K|"
            "ttl=Tempat dan Tanggal Lahir|sex=L / P|address=Alamat Rumah|phone=Nomor Telepon"
        ),
        True,
        ("LAMPIRAN SURAT KEPALA DESA {DESA}", "NOMOR : 140/{NOMOR}/DS/2026"),
        case="title",
        dates="dmy/",
    ),
    Dialect(
        _c(
            "seq=NO|kk=NO KK|nik=NIK|name=NAMA SESUAI KTP|place=TMP LAHIR|date=TGL LAHIR|sex=KELAMIN|"
            "position=JABATAN|phone=NO HP/WA|wage=BESARAN INSENTIF"
        ),
        False,
        ("DATA CALON PESERTA BPJS KETENAGAKERJAAN", "DESA {DESA}"),
        dates="mdy/",
        sheet="BPJS TK",
    ),
    Dialect(
        _c(
            "seq=No|name=Nama Lengkap & Gelar|position=Jabatan|nik=NIK|place=Tpt Lahir|"
            "date=Tgl Lahir|address=Alamat|wage=Gaji Pokok"
        ),
        True,
        ("PROFIL APARATUR DESA {DESA}", "TAHUN ANGGARAN 2026"),
        dates="dmy-",
        blanks=True,
    ),
    Dialect(
        _c(
            "seq=Nr|name=NAMA|sex=P/L|ttl=Tmp Tgl Lahir|nik=KTP|position=Tugas|dusun=Dasan|rt=RT|"
            "phone=HP|wage=Honor"
        ),
        False,
        ("data aparat desa {desa}",),
        case="mixed",
        dates="indo",
        merged=False,
        headings=True,
        sheet="Lembar1",
    ),
)
