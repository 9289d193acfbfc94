"""What the journal's actions, the dimensions and the parts of a decision are called by people."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jaring.cycle.job import said
from jaring.desk.frame import units
from jaring.desk.saying import said as spoken
from jaring.funding.models import Fund
from jaring.law.funding import source as source_of

_ACTIONS = {
    "api.fetch_batch": _("berkas kirim diambil lewat mesin"),
    "cakupan dihitung": _("cakupan dihitung"),
    "coverage.take_rows": _("baris di balik angka diunduh"),
    "cycle.tidy": _("yang lewat masa simpan dihapus"),
    "decide.check": _("keputusan dihitung ulang"),
    "decide.store": _("keputusan disimpan"),
    "enrolment.accept_report": _("laporan desa diterima"),
    "enrolment.approve_batches": _("berkas kirim disetujui"),
    "enrolment.approve_decree": _("SK disetujui"),
    "enrolment.approve_settlement": _("penyelesaian tagihan disetujui"),
    "enrolment.attach": _("foto surat dilampirkan"),
    "enrolment.close_chase": _("penyusulan tagihan ditutup"),
    "enrolment.close_split": _("tanggungan orang yang dipisah ditutup"),
    "enrolment.decree": _("SK disusun"),
    "enrolment.end_settlements": _("penyelesaian tagihan diakhiri"),
    "enrolment.fetch_batch": _("berkas kirim diambil"),
    "enrolment.fetch_month": _("berkas kirim sebulan diambil"),
    "enrolment.fill": _("tempat kosong diisi"),
    "enrolment.make_batches": _("berkas kirim disusun"),
    "enrolment.make_cards": _("kartu dibuat"),
    "enrolment.make_follow_up": _("berkas susulan disusun"),
    "enrolment.mark_overdue": _("tagihan lewat jatuh tempo"),
    "enrolment.match_bills": _("tagihan cocok"),
    "enrolment.month_close": _("bulan ditutup"),
    "enrolment.mutate": _("mutasi dicatat"),
    "enrolment.numbered": _("surat dinomori"),
    "enrolment.observe_cover": _("peserta aktif BPJS dicatat"),
    "enrolment.open_photo": _("foto surat dibuka"),
    "enrolment.pause": _("orang ditahan"),
    "enrolment.print": _("surat dicetak"),
    "enrolment.propose_settlement": _("penyelesaian tagihan diusulkan"),
    "enrolment.read_answers": _("jawaban BPJS diterima"),
    "enrolment.read_bills": _("tagihan diterima"),
    "enrolment.record_payment": _("SP2D dibukukan"),
    "enrolment.record_request": _("SPP dicatat"),
    "enrolment.refuse_batches": _("berkas kirim ditolak"),
    "enrolment.refuse_decree": _("SK ditolak"),
    "enrolment.refuse_report": _("laporan desa ditolak"),
    "enrolment.refuse_settlement": _("penyelesaian tagihan ditolak"),
    "enrolment.reinstate": _("bulan gugur dipulihkan"),
    "enrolment.remind": _("surat teguran diterbitkan"),
    "enrolment.report": _("desa melapor"),
    "enrolment.resume": _("orang dilepas dari penahanan"),
    "enrolment.reverse": _("kelebihan bayar dibalik"),
    "enrolment.revoke_card": _("kartu dicabut"),
    "enrolment.sign_settlement": _("penyelesaian tagihan ditandatangani"),
    "enrolment.withdraw_batches": _("berkas kirim ditarik"),
    "enrolment.withdraw_decree": _("SK ditarik"),
    "enrolment.withdraw_reminder": _("surat teguran ditarik"),
    "enrolment.withdraw_request": _("SPP ditarik"),
    "enrolment.withdraw_settlement": _("penyelesaian tagihan ditarik"),
    "funding.approve": _("usulan dana disetujui"),
    "funding.load_budgets": _("anggaran dimuat"),
    "funding.propose": _("dana diusulkan"),
    "funding.refuse": _("usulan dana ditolak"),
    "funding.release": _("dana dilepas"),
    "funding.withdraw": _("usulan dana ditarik"),
    "journal.verify": _("rantai jurnal diperiksa"),
    "ledger.export": _("buku besar diunduh"),
    "ledger.open_accounts": _("akun buku besar dibuka"),
    "ledger.post": _("ayat jurnal dibukukan"),
    "officers.approve_export": _("unduhan disetujui"),
    "officers.ask_export": _("unduhan diminta"),
    "officers.assign": _("peran diberikan"),
    "officers.disable": _("akun dinonaktifkan"),
    "officers.enable": _("akun diaktifkan"),
    "officers.end_assignment": _("peran diakhiri"),
    "officers.forget_second_factor": _("faktor kedua dihapus"),
    "officers.issue_token": _("kunci mesin diberikan"),
    "officers.made_export": _("unduhan dibuat"),
    "officers.make": _("akun dibuat"),
    "officers.new_password": _("kata sandi baru diberikan"),
    "officers.own_password": _("kata sandi diganti pemiliknya"),
    "officers.purge_exports": _("unduhan lama dihapus"),
    "officers.refuse_export": _("unduhan ditolak"),
    "officers.reveal_nik": _("NIK dibuka"),
    "officers.revoke_token": _("kunci mesin dicabut"),
    "officers.sign_in": _("petugas masuk"),
    "officers.take_export": _("unduhan diambil"),
    "people.recognise": _("orang dikenali"),
    "people.review.answer": _("pertanyaan desa dijawab"),
    "people.review.ask_village": _("desa ditanyai"),
    "people.review.different": _("diputuskan: orang yang berbeda"),
    "people.review.same": _("diputuskan: orang yang sama"),
    "people.review.undo": _("putusan orang ganda dibatalkan"),
    "rosters.answered": _("berkas dengan alasan diambil"),
    "rosters.bring_back": _("daftar diberlakukan lagi"),
    "rosters.learn": _("judul kolom dipelajari"),
    "rosters.mend": _("baris diperbaiki"),
    "rosters.receive": _("daftar diterima"),
    "rosters.reread": _("daftar dibaca ulang"),
    "rosters.type": _("baris diketik"),
    "rosters.withdraw": _("daftar ditarik"),
    "work.start": _("pekerjaan panjang dimulai"),
}

#: Facts of an entry; a count that a stage also shows has its word there (``cycle.job.WORDS``).
_FACTS = {
    "about": _("tentang"),
    "accounts": _("akun"),
    "again": _("dikirim lagi"),
    "alasan": _("alasan"),
    "amount_idr": _("nilai"),
    "baris": _("baris"),
    "batas_idr": _("batas nilai"),
    "batches": _("berkas kirim"),
    "berita_acara": _("berita acara"),
    "berkas": _("berkas"),
    "billed_idr": _("ditagih"),
    "bills": _("tagihan"),
    "bita": _("bita"),
    "budget_idr": _("pagu"),
    "bulan_ditandai": _("bulan ditandai"),
    "candidates": _("calon"),
    "cara": _("cara"),
    "cards": _("kartu"),
    "carried_on": _("diteruskan"),
    "committed_idr": _("dijanjikan"),
    "dari": _("dari"),
    "date": _("tanggal"),
    "debit_idr": _("debit"),
    "desa": _("desa"),
    "digest": _("sidik isi"),
    "dihapus": _("dihapus"),
    "dilaporkan_oleh": _("dilaporkan oleh"),
    "dimensi": _("menurut"),
    "diminta_oleh": _("diminta oleh"),
    "ditahan": _("ditahan"),
    "ditandatangani": _("ditandatangani"),
    "document": _("dokumen"),
    "entries": _("ayat"),
    "fields": _("isian"),
    "files": _("berkas"),
    "first": _("yang pertama"),
    "foto": _("foto"),
    "funded": _("didanai"),
    "funded_idr": _("didanai"),
    "funds": _("dana"),
    "headers": _("judul kolom"),
    "iuran_idr": _("iuran"),
    "jenis": _("jenis"),
    "kantor": _("kantor"),
    "kepala": _("sidik terakhir"),
    "kind": _("jenis"),
    "kode": _("kode"),
    "last": _("yang terakhir"),
    "law": _("sidik hukum"),
    "level": _("teguran ke"),
    "made_by": _("dibuat oleh"),
    "mulai": _("mulai"),
    "nomor": _("nomor"),
    "number": _("nomor"),
    "office": _("kantor"),
    "orang": _("orang"),
    "overdue_idr": _("menunggak"),
    "people": _("orang"),
    "peran": _("peran"),
    "person_months": _("bulan-orang"),
    "problems": _("masalah"),
    "purpose": _("keperluan"),
    "putus_pada": _("putus pada"),
    "quarantined": _("ditahan"),
    "reason": _("alasan"),
    "replacements": _("pengganti"),
    "roster": _("daftar"),
    "rows": _("baris"),
    "rows_in": _("baris masuk"),
    "sampai": _("sampai"),
    "says": _("isi"),
    "sebab": _("sebab"),
    "sendiri": _("tanpa orang kedua"),
    "sha256": _("sidik berkas"),
    "short_idr": _("kurang"),
    "taken": _("diambil"),
    "total_idr": _("jumlah"),
    "ukuran": _("ukuran"),
    "until": _("sampai"),
    "verdict": _("putusan"),
    "waiting": _("menunggu"),
    "wilayah": _("wilayah"),
}

#: Which fact of which action is the kind of a piece of long work.
WORK = ("work.start", "kind")

DIMENSIONS = {
    "regency": _("seluruh kabupaten"),
    "target": _("sasaran"),
    "kecamatan": _("kecamatan"),
    "desa": _("desa dan kelurahan"),
    "segment": _("segmen"),
    "source": _("pembayar"),
    "sex": _("jenis kelamin"),
    "age": _("umur"),
}

#: The parts of a decision that are compared when it is made again.
OUTCOME = {
    "eligible": _("layak atau tidak"),
    "reason": _("alasan pertama"),
    "reasons": _("alasan"),
    "carried_on": _("diteruskan dari bulan lalu"),
    "segment": _("segmen"),
    "kind": _("jenis kepesertaan"),
    "programmes": _("program"),
    "wage_base_idr": _("dasar upah"),
    "risk_used": _("tingkat risiko"),
    "articles": _("pasal"),
    "warnings": _("peringatan"),
}


def action_words(code: str) -> str | Promise:
    """The action in words; one that is not listed here keeps its own name."""
    return _ACTIONS.get(code, code)


def fact_words(name: str) -> str:
    """What a fact of an entry is called; one that is not listed here is called what its stage calls it."""
    return str(_FACTS[name]) if name in _FACTS else spoken(said(name))


def fund_names(codes: list[str]) -> dict[str, str]:
    """Fund → its source, its desa where it belongs to one, its year; what the ledger alone knows has none."""
    named = units()
    told = {}
    for one in Fund.objects.filter(code__in=codes):
        desa = named.get(one.desa_code or "", {}).get("name", "")
        told[one.code] = f"{spoken(source_of(one.source).name)}{f', {desa}' if desa else ''}, {one.year}"
    return told


def kind_words(kind: str) -> str:
    """A kind of account as two words where the chart writes it as one: ``UtangIuran``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", spoken(kind)).capitalize()
