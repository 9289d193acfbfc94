"""What the journal's actions, the dimensions and the parts of a decision are called by people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ACTIONS = {
    "api.fetch_batch": _("berkas kirim diambil lewat mesin"),
    "cakupan dihitung": _("cakupan dihitung"),
    "coverage.take_rows": _("baris di balik angka diunduh"),
    "decide.check": _("keputusan dihitung ulang"),
    "decide.store": _("keputusan disimpan"),
    "enrolment.approve_batches": _("berkas kirim disetujui"),
    "enrolment.approve_decree": _("SK disetujui"),
    "enrolment.decree": _("SK disusun"),
    "enrolment.fetch_batch": _("berkas kirim diambil"),
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
    "enrolment.pause": _("orang ditahan"),
    "enrolment.record_request": _("SPP dicatat"),
    "enrolment.fetch_month": _("berkas kirim sebulan diambil"),
    "enrolment.withdraw_request": _("SPP ditarik"),
    "enrolment.read_answers": _("jawaban BPJS diterima"),
    "enrolment.read_bills": _("tagihan diterima"),
    "enrolment.record_payment": _("SP2D dibukukan"),
    "enrolment.reinstate": _("bulan gugur dipulihkan"),
    "enrolment.remind": _("surat teguran diterbitkan"),
    "enrolment.resume": _("orang dilepas dari penahanan"),
    "enrolment.reverse": _("kelebihan bayar dibalik"),
    "enrolment.revoke_card": _("kartu dicabut"),
    "enrolment.withdraw_reminder": _("surat teguran ditarik"),
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
    "officers.refuse_export": _("unduhan ditolak"),
    "officers.reveal_nik": _("NIK dibuka"),
    "officers.revoke_token": _("kunci mesin dicabut"),
    "officers.sign_in": _("petugas masuk"),
    "people.recognise": _("orang dikenali"),
    "people.review.answer": _("pertanyaan desa dijawab"),
    "people.review.ask_village": _("desa ditanyai"),
    "people.review.undo": _("putusan orang ganda dibatalkan"),
    "rosters.learn": _("judul kolom dipelajari"),
    "rosters.receive": _("daftar diterima"),
    "work.start": _("pekerjaan panjang dimulai"),
}

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
