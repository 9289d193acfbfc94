"""Tables that no policy guards, each with the reason: what holds no row about a person needs none."""

from __future__ import annotations

_SIGN_IN = "akun petugas dan faktor keduanya: dibaca sebelum wilayahnya diketahui"
_MONEY = "jumlah uang dan surat, tanpa orang; siapa yang boleh membacanya ditentukan hak"
_FRAME = "milik kerangka kerja, tanpa data orang"

#: Table → why every officer's connection may read it. A new table stands here or has a policy.
OPEN: dict[str, str] = {
    "account_emailaddress": _SIGN_IN,
    "account_emailconfirmation": _SIGN_IN,
    "auth_group": _FRAME,
    "auth_group_permissions": _FRAME,
    "auth_permission": _FRAME,
    "coverage_figure": "angka cakupan per wilayah, tanpa orang",
    "cycle_step": "jumlah per tahap, tanpa orang",
    "cycle_work": "kemajuan pekerjaan; argumennya nomor dan bulan, bukan orang",
    "django_content_type": _FRAME,
    "django_migrations": _FRAME,
    "django_session": _SIGN_IN,
    "django_tasks_database_dbtaskresult": "antrean pekerjaan; argumennya nomor pekerjaan",
    "enrolment_answer": "kepala berkas jawaban: jumlah; baris orangnya di enrolment_batchline",
    "enrolment_batch": _MONEY,
    "enrolment_bill": _MONEY,
    "enrolment_decree": _MONEY,
    "enrolment_letter": "nomor surat; perihalnya kode, bukan nama",
    "enrolment_payment": _MONEY,
    "enrolment_paymentrequest": _MONEY,
    "enrolment_requestline": _MONEY,
    "enrolment_settlement": "penyelesaian selisih tagihan: jumlah; orangnya di enrolment_settlementline",
    "enrolment_reminder": "teguran kepada desa: tunggakan desa, bukan orang",
    "enrolment_transition": "tabel langkah yang sah",
    "funding_change": _MONEY,
    "funding_fund": _MONEY,
    "funding_proposal": _MONEY,
    "journal_entry": "jurnal menyebut orang hanya dengan nomor acak; dibaca dengan hak journal.read",
    "journal_head": "sidik jari jurnal",
    "ledger_account": _MONEY,
    "ledger_entry": _MONEY,
    "ledger_posting": _MONEY,
    "mfa_authenticator": _SIGN_IN,
    "officers_assignment": _SIGN_IN,
    "officers_cache": "hitungan percobaan masuk yang gagal",
    "officers_export": "permintaan unduhan: jenis, jumlah, alasan; isinya tidak disimpan di sini",
    "officers_officer": _SIGN_IN,
    "officers_officer_groups": _FRAME,
    "officers_officer_user_permissions": _FRAME,
    "officers_reveal": "siapa membuka NIK: orangnya hanya nomor acak; dihitung untuk batas harian petugas",
    "officers_token": _SIGN_IN,
    "tables_indexes_aside": "indeks tabel selama dimuat, tanpa data orang",
    "rosters_mapping": "arti kepala kolom per kantor",
}
