"""What offices write above a column, and the field it means. A mapping learnt per office goes first."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Fields a column can mean. ``seq`` and ``-`` are known and not used.
FIELDS = frozenset(
    [
        "nik",
        "no_kk",
        "name",
        "birth_place",
        "birth_date",
        "birth",
        "sex",
        "mother_name",
        "father_name",
        "phone",
        "address",
        "hamlet",
        "rt",
        "rw",
        "rt_rw",
        "desa",
        "kecamatan",
        "place",
        "desa_code",
        "position",
        "occupation",
        "sector",
        "wage",
        "income",
        "land",
        "desil",
        "employer",
        "npp",
        "status",
        "event_date",
        "amount",
        "until",
        "cover_segment",
        "cover_source",
        "programmes",
        "jkk",
        "jkm",
        "jht",
        "jp",
        "member",
        "note",
        "seq",
        "-",
    ]
)

_EXACT = {
    "seq": "no|nomor|no urut|nomor urut|urut|nr|#",
    "nik": "nik|nik ktp|no nik|nomor nik|no ktp|nomor ktp|ktp|no identitas|nomor identitas|n i k"
    "|nik no ktp|no ktp nik|nomor induk kependudukan|no induk kependudukan|nik kepala keluarga|kartu nik"
    "|nonik|nik pengurus|no kependudukan",
    "no_kk": "no kk|nomor kk|kk|nkk|no kartu keluarga|nomor kartu keluarga|kartu keluarga|nomor kk ktp"
    "|no k k|nokk",
    "name": "nama|nama lengkap|nama penduduk|nama peserta|nama pekerja|nama petani|nama anggota"
    "|nama tenaga kerja|nama tk|nama karyawan|nama pegawai|nama perangkat|nama penerima|nama pemilik"
    "|nama pelaku usaha|nama marbot|nama guru|nama guru ngaji|nama pmi|nama cpmi|nama sesuai ktp|nama ktp"
    "|nama nelayan|nama orang|nm lengkap|nm|nama pejabat|nama pengusaha|kartu nama|nama anggota keluarga"
    "|nama art|nama aparat|nama aparatur|nama kader|nama almarhum|nama pengurus|nama calon peserta"
    "|nama warga|nama perangkat desa|nama aparatur desa|nama aparat desa|nama anggota bpd|nama linmas"
    "|nama wirausaha|nama penerima hibah|nama penerima bantuan",
    "birth": "ttl|tempat tgl lahir|tempat tanggal lahir|tmp tgl lahir|tmpt tgl lahir"
    "|tempat dan tanggal lahir|t t l|tempat tgl lhr|tpt tgl lahir|tempat lahir tanggal lahir"
    "|tempat dan tgl lahir|tempat lahir tgl lahir",
    "birth_place": "tempat lahir|tempatlahir|tmp lahir|tmpt lahir|tmpt lhr|tempat lhr|kota lahir"
    "|tpt lahir|kartu tempat lahir",
    "birth_date": "tanggal lahir|tanggallahir|tgl lahir|tgllahir|tgl lhr|tgl bln th|tgl bln thn"
    "|tgl bln tahun|lahir|tanggal bulan tahun lahir|kelahiran|tanggal kelahiran|tgl bln th lahir"
    "|kartu tanggal lahir|tg lahir|tgl bulan tahun",
    "sex": "jk|l p|lp|sex|gender|kelamin|jenis kelamin|jns kelamin|jns kel|j k|jenis kel|kelamin l p"
    "|jenis kelamin l p|jkel|p l|jekel|jenis klmn",
    "mother_name": "nama ibu|nama ibu kandung|ibu kandung|ibu|nama gadis ibu kandung|nm ibu|nama gadis ibu",
    "father_name": "nama ayah|ayah|nama bapak|nama ayah kandung|nm ayah|bapak",
    "phone": "no hp|nomor hp|hp|no telp|no telepon|nomor telepon|telepon|telp|no wa|nomor wa|whatsapp"
    "|no whatsapp|no hp wa|no handphone|handphone|kontak|nomor handphone|ponsel|nomor ponsel|no telpon"
    "|no kontak|telpon|no tlp|hp wa|no seluler",
    "address": "alamat|alamat lengkap|alamat ktp|alamat rumah|alamat domisili|alamat sesuai ktp|almt"
    "|alamat tempat tinggal|alamat pemilik|kartu alamat",
    "hamlet": "dusun|lingkungan|dasan|kampung|dusun lingkungan|nama dusun|dsn|gubuk|alamat dusun",
    "rt": "rt",
    "rw": "rw",
    "rt_rw": "rt rw|rtrw",
    "desa": "desa|kelurahan|desa kelurahan|desa kel|kel desa|kelurahan desa|nama desa"
    "|nama desa kelurahan|ds|desa kel asal|nama kelurahan|asal desa|kel|desa asal|desa tempat tinggal"
    "|desa domisili|wilayah desa",
    "kecamatan": "kecamatan|kec|nama kecamatan|nama kec|kecamatan asal",
    "desa_code": "kode desa|kode kelurahan|desa id|kd desa|kode wilayah|kode desa kelurahan"
    "|kode desa kel|kode kemendagri",
    "position": "jabatan|posisi|kedudukan|jabatan dalam desa|nama jabatan|jab|jabatan tugas|tugas"
    "|sebagai|peran|jenis jabatan|jenis|formasi",
    "occupation": "pekerjaan|profesi|mata pencaharian|jenis pekerjaan|pekerjaan id|pekerjaan utama"
    "|jenis usaha|bidang usaha|komoditas|komoditi|subsektor|sub sektor|kategori usaha|jabatan pekerjaan"
    "|jenis tanaman|kategori",
    "wage": "upah|gaji|gaji pokok|upah pokok|upah sebulan|penghasilan tetap|siltap|honor|honorarium"
    "|insentif|upah bulanan|gaji upah|upah gaji|besaran insentif|honor bulan|gaji bulan|upah bulan"
    "|siltap bulan|upah rp|gaji rp|upah dilaporkan|insentif bulan|penghasilan tetap bulan|upah dasar"
    "|gaji pokok rp|upah per bulan|gaji per bulan|insentif per bulan",
    "income": "penghasilan|pendapatan|penghasilan bulan|pendapatan bulan|penghasilan per bulan"
    "|pendapatan per bulan|penghasilan bulanan|pendapatan bulanan|rata rata penghasilan|dasar upah"
    "|penghasilan dasar",
    "land": "luas lahan|luas tanah|luas|luas areal|luas tanam|luas garapan|lahan|rencana tanam"
    "|luas lahan tembakau",
    "desil": "desil|desil nasional|decile|desil dtsen|peringkat desil|kelompok desil|desil kesejahteraan",
    "employer": "perusahaan|nama perusahaan|badan usaha|pemberi kerja|instansi|tempat kerja|unit kerja"
    "|nama usaha|majikan|nama badan usaha|p3mi|pptkis|penyedia|nama penyedia|pelaksana|opd|skpd"
    "|satuan kerja|nama pemberi kerja|nama instansi|nama pemenang|pemenang|pemenang tender|rekanan"
    "|nama rekanan|nama toko|nama umkm",
    "npp": "npp|no npp|nomor npp|nomor pendaftaran perusahaan|kode perusahaan|wadah|kode wadah|nomor wadah",
    "status": "status|status dasar|status penduduk|status kepesertaan|status kependudukan|jenis mutasi"
    "|status peserta|mutasi|status data|status aktif|jenis peristiwa|status nik|peristiwa"
    "|status keaktifan",
    "event_date": "tanggal peristiwa|tanggal meninggal|tgl meninggal|tanggal kematian|tgl kematian"
    "|tanggal wafat|tanggal pindah|tgl pindah|tanggal mutasi|tgl mutasi|tanggal kejadian|tgl peristiwa"
    "|tanggal berangkat|tgl berangkat|tanggal keberangkatan|tgl keberangkatan|tmt kepesertaan"
    "|tanggal kepesertaan|tgl kepesertaan|mulai kepesertaan|tmt|tanggal mulai kerja|tgl masuk"
    "|tanggal masuk|tanggal mulai|tgl mulai|tanggal kontrak|tgl kontrak|tanggal hibah|tanggal terima"
    "|tanggal salur|tgl salur|tgl efektif|tanggal efektif|bulan mulai|tgl peristiwa mutasi",
    "until": "sampai|berakhir|tanggal berakhir|tgl berakhir|akhir kontrak|kontrak berakhir"
    "|selesai kontrak|berlaku sampai|tanggal selesai|tgl selesai|s d|masa kontrak sampai|sampai dengan"
    "|berlaku s d|aktif sampai|tgl akhir|tanggal akhir|perlindungan sampai|akhir perlindungan"
    "|tanggal pulang|rencana pulang|bulan akhir|kontrak sampai",
    "amount": "nilai hibah|jumlah hibah|besaran hibah|nilai bantuan|jumlah bantuan|besaran bantuan"
    "|nominal|nominal bantuan|nilai kontrak|nilai|jumlah dana|nilai pekerjaan|jumlah uang|nominal hibah"
    "|besar hibah|nilai rp|jumlah rp|jumlah diterima|iuran|pagu|nilai kontrak rp",
    "cover_segment": "segmen|segmen kepesertaan|jenis kepesertaan|kelompok kepesertaan|segmen peserta"
    "|kelompok|segmentasi",
    "cover_source": "sumber dana|sumber iuran|pembayar|sumber|pembayar iuran|asal dana"
    "|sumber pembiayaan|sumber anggaran",
    "programmes": "program|program diikuti|program yang diikuti|program jaminan|jaminan|kode program"
    "|program kepesertaan",
    "jkk": "jkk",
    "jkm": "jkm",
    "jht": "jht",
    "jp": "jp",
    "sector": "sektor|sektor usaha|lapangan usaha",
    "member": "peserta",
    "note": "keterangan|ket|catatan|keterangan lain|ket lain",
    "place": "desa kecamatan|desa kec|kecamatan desa|alamat desa kecamatan|lokasi|lokasi pekerjaan"
    "|tempat tugas",
    "-": "agama|agama id|pendidikan|pendidikan kk id|pendidikan sedang id|pendidikan terakhir"
    "|status kawin|status perkawinan|kk level|shdk|hubungan keluarga|warganegara id|ayah nik|ibu nik"
    "|nik ayah|nik ibu|golongan darah id|gol darah|akta lahir|nomor akta lahir|no akta lahir|cacat"
    "|cacat id|cara kb id|hamil|ktp el|status rekam|alamat sekarang|suku|tag id card|id asuransi"
    "|no asuransi|lat|lng|id|foto|created at|updated at|npwp|kpj|no kpj|no rekening|nama bank"
    "|nama rekening|usia|umur|nama kelompok tani|kelompok tani|poktan|gapoktan|nib|no nib|omzet|omset"
    "|alamat usaha|nama ppl|penyuluh|stat kwn|stat rkm|wjb ktp|tanda tangan|ttd|paraf|masa kerja|no sk"
    "|nomor sk|tanggal sk|tgl sk|nama kepala keluarga|kepala keluarga|negara tujuan|negara|no paspor"
    "|paspor|nama masjid|masjid|nama tpq|lembaga|nama lembaga|alat tangkap|jenis kapal|nomor kapal"
    "|nama kapal|nama paket|kode tender|kode rup|tahun|tahun anggaran|jumlah tenaga kerja"
    "|satuan kerja pemilik|hps|metode|kartu peserta|no kartu|nip|golongan|alamat penyedia|no paket",
}
_TABLE = {key: field for field, keys in _EXACT.items() for key in keys.split("|") if key}

#: For spellings not in the table; the first that matches decides. Written against ``key``.
_PATTERNS = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (
            r"\b(nik|ktp)\b.*\b(ibu|ayah|bapak|orang tua|suami|istri|pasangan|ahli waris|saksi|pelapor"
            r"|pemohon)\b",
            "-",
        ),
        (
            r"^(no|nomor|nomer|nmr)? ?(nik|e ktp|ktp|identitas|induk kependudukan|induk penduduk)\b(?! el"
            r"| berlaku)",
            "nik",
        ),
        (r"\bnik\b", "nik"),
        (r"^(no|nomor|nomer|nmr)? ?(kk|kartu keluarga)\b", "no_kk"),
        (r"^(tempat|tmpt|tmp|tpt|tmpat)\b.*\b(tanggal|tgl|tg)\b.*", "birth"),
        (r"^(tempat|tmpt|tmp|kota|kabupaten) (lahir|lhr|kelahiran)\b", "birth_place"),
        (r"\b(tanggal|tgl|tg)\b.*\b(lahir|lhr|kelahiran)\b", "birth_date"),
        (r"\b(jenis|jns) (kelamin|kel)\b|\bkelamin\b", "sex"),
        (r"\bibu\b", "mother_name"),
        (r"\b(ayah|bapak)\b", "father_name"),
        (
            r"^(nama|nm)\b(?! (desa|kelurahan|kecamatan|dusun)\b)(?!.*\b(usaha|toko|perusahaan|instansi"
            r"|masjid|mushola|musholla|tpq"
            r"|tpa|lembaga|kelompok|poktan|gapoktan|orang tua|ahli waris|suami|istri|jabatan|program|paket"
            r"|kegiatan"
            r"|penyedia|pptkis|p3mi|majikan|bank|negara|komoditas|pasar|wadah|rekening|proyek|satker"
            r"|pekerjaan"
            r"|kepala keluarga|penyuluh|pendamping|ppl|kapal|pondok|pesantren|sekolah|badan)\b)",
            "name",
        ),
        (r"\b(hp|handphone|telepon|telp|telpon|whatsapp|wa|ponsel|seluler)\b", "phone"),
        (r"^kode (desa|kel|wilayah)", "desa_code"),
        (r"^(desa|kelurahan)\b", "desa"),
        (r"^(kecamatan|kec)\b", "kecamatan"),
        (r"^rt\b.*\brw\b", "rt_rw"),
        (r"^alamat (usaha|perusahaan|penyedia|masjid|lembaga)", "-"),
        (r"^alamat\b", "address"),
        (r"^dusun\b|\bdusun$", "hamlet"),
        (r"^jabatan\b", "position"),
        (r"^(luas)\b", "land"),
        (r"\bdesil\b", "desil"),
        (r"^(upah|gaji|honor|insentif|siltap|penghasilan tetap)\b", "wage"),
        (r"^(penghasilan|pendapatan)\b", "income"),
        (
            r"^(tanggal|tgl)\b.*\b(meninggal|kematian|wafat|pindah|peristiwa|mutasi|berangkat|efektif"
            r"|kepesertaan)\b",
            "event_date",
        ),
        (r"\b(berakhir|sampai|selesai)\b", "until"),
        (r"^(nilai|jumlah|besaran|nominal) (hibah|bantuan|dana|kontrak|uang)\b", "amount"),
        (r"^status (kawin|nikah|perkawinan|pernikahan|rumah|lahan|kepegawaian|rekam|tanah|usaha)", "-"),
        (r"^status\b", "status"),
        (r"^segmen\b", "cover_segment"),
        (r"^sumber (dana|iuran|pembiayaan)\b", "cover_source"),
        (r"^(pekerjaan|profesi|jenis pekerjaan)\b", "occupation"),
        (r"^(keterangan|catatan)\b", "note"),
    )
)
_NUMBERING = re.compile(r"^\(?\d{1,2}[.)]\s*")


@lru_cache(maxsize=4096)
def key(header: str) -> str:
    """A header without case, marks and spaces: ``  No. K.K `` and ``NO_KK`` → ``no k k``, ``no kk``."""
    text = unicodedata.normalize("NFKC", header).casefold()
    text = _NUMBERING.sub("", text.strip())
    text = "".join(c if c.isalnum() else " " for c in text)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def meaning(header_key: str) -> tuple[str, int] | None:
    """The field of a header key, and how sure: 2 by the table, 1 by a pattern. None when unknown."""
    if not header_key or len(header_key) > 60:
        return None
    found = _TABLE.get(header_key)
    if found:
        return found, 2
    bare = re.sub(
        r"\b(rp|ha|m2|are|hektar|orang|bulan|per bulan|wajib|diisi|sesuai ktp|16 digit|dd mm yyyy|l p)\b",
        " ",
        header_key,
    )
    found = _TABLE.get(" ".join(bare.split()))
    if found:
        return found, 2
    for pattern, field in _PATTERNS:
        if pattern.search(header_key):
            return field, 1
    return None
