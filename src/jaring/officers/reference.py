"""The page of roles for the handbook, made from the table itself."""

from __future__ import annotations

from jaring.officers.roles import INCOMPATIBLE, RIGHTS, ROLES, Persons, Reach

_REACH = {
    Reach.REGENCY: "seluruh kabupaten, atau kecamatan dan desa yang disebut",
    Reach.DESA: "desa yang disebut",
    Reach.LIST: "jenis daftar yang disebut",
    Reach.BATCHES: "berkas kirim dan jawabannya",
    Reach.ACCOUNTS: "akun saja",
}
_PERSONS = {
    Persons.NONE: "tidak; hanya jumlah",
    Persons.LISTS: "baris daftarnya sendiri",
    Persons.REGISTER: "ya, dalam wilayahnya",
}


def pages() -> dict[str, str]:
    """``reference/roles.md``."""
    lines = ["# Peran", "", "Dibuat oleh `jaring docs write` dari tabel peran.", ""]
    for role in ROLES.values():
        others = sorted(other for pair in INCOMPATIBLE if role.code in pair for other in pair - {role.code})
        lines += [
            f"## {role.title} (`{role.code}`)",
            "",
            f"- Jangkauan: {_REACH[role.reach]}"
            + (f" ({', '.join(sorted(role.kinds))})" if role.kinds else ""),
            f"- Melihat data orang: {_PERSONS[role.persons]}",
            f"- Faktor kedua: {'wajib' if role.second_factor else 'boleh'}",
            f"- Tidak boleh dipegang bersama: {', '.join(others) or 'tidak ada'}",
            "- Boleh: "
            + "; ".join(f"{text} (`{right}`)" for right, text in RIGHTS.items() if right in role.rights),
            "",
        ]
    return {"reference/roles.md": "\n".join(lines)}
