"""Teaching what a header means at an office, seen at once on the file that raised the question."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from jaring.facts.reason import refuse
from jaring.rosters.actions import learn
from jaring.rosters.models import Mapping as Learnt

#: What an uploader may choose, in their words; ``-``: the column means nothing here.
MEANINGS: dict[str, str] = {
    "nik": "NIK",
    "no_kk": "Nomor Kartu Keluarga",
    "name": "Nama orang",
    "birth_date": "Tanggal lahir",
    "birth_place": "Tempat lahir",
    "birth": "Tempat dan tanggal lahir",
    "sex": "Jenis kelamin",
    "mother_name": "Nama ibu",
    "phone": "Nomor HP",
    "address": "Alamat",
    "hamlet": "Dusun",
    "desa": "Desa atau kelurahan",
    "kecamatan": "Kecamatan",
    "position": "Jabatan",
    "occupation": "Pekerjaan",
    "wage": "Upah",
    "income": "Penghasilan",
    "land": "Luas lahan",
    "amount": "Nilai bantuan",
    "employer": "Tempat kerja",
    "status": "Status",
    "-": "Bukan data yang dipakai",
}


@transaction.atomic
def teach(office: str, meanings: Mapping[str, str], *, by: str) -> int:
    """Remember for ``office``: header as written → field. Returns how many were taught."""
    chosen = {header: field for header, field in meanings.items() if field}
    if not chosen:
        raise refuse(
            "belum-dipilih", "Belum ada arti kolom yang dipilih.", "Pilih arti sedikitnya satu kolom."
        )
    taken = [field for field in chosen.values() if field != "-"]
    doubled = sorted({MEANINGS[field] for field in taken if taken.count(field) > 1 and field in MEANINGS})
    if doubled:
        raise refuse(
            "arti-ganda",
            f"Dua kolom diberi arti yang sama: {', '.join(doubled)}.",
            "Beri tiap arti kepada satu kolom saja.",
        )
    learn(office, chosen, by=by)
    return len(chosen)


def taught(office: str) -> dict[str, str]:
    """What this office taught: header key → meaning in words."""
    found = Learnt.objects.filter(office=office).order_by("header_key").values_list("header_key", "field")
    return {header: MEANINGS.get(field, field) for header, field in found}
