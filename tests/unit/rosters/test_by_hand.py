"""Rows typed and mended on the site, headers taught: stored once, within the village, checked alike."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from jaring.facts.reason import Refused
from jaring.journal.models import Entry
from jaring.officers.scope import Grant, Scope, scoped, village_office
from jaring.rosters.actions import receive, reread
from jaring.rosters.actions_mapping import taught, teach
from jaring.rosters.actions_mend import mend, wrong_fields
from jaring.rosters.actions_type import Line, type_rows
from jaring.rosters.lists import examined, grouped, held_rows, waiting
from jaring.rosters.models import Mended, Roster, Row, Typed

pytestmark = pytest.mark.django_db
DESA, OTHER = "52.03.01.2001", "52.03.01.2002"
OPERATOR = Scope("op", (Grant("operator_desa", frozenset({DESA})),))
NEIGHBOUR = Scope("lain", (Grant("operator_desa", frozenset({OTHER})),))


def _line(**said: str) -> Line:
    return Line(uuid.uuid4(), **{"name": "Amaq Jayadi", "nik": "5203011201800011", **said})


def _short(name: str = "Inaq Sari") -> Row:
    roster = type_rows([_line(name=name, nik="52030112018")], desa_code=DESA, by="op")
    assert roster is not None
    return Row.objects.get(roster=roster)


def test_a_typed_row_is_a_list_of_its_village_with_its_segment() -> None:
    roster = type_rows([_line(work="Kepala Dusun", birth_date="12-01-1980")], desa_code=DESA, by="op")
    assert roster is not None
    assert (roster.office, roster.rows_in, roster.accepted) == (village_office(DESA), 1, 1)
    row = Row.objects.get(roster=roster)
    assert (row.name, row.segment, row.desa_code) == ("Amaq Jayadi", "perangkat_desa", DESA)
    assert "5203011201800011" not in str(Entry.objects.order_by("-seq").first().body)


def test_the_same_key_is_stored_once_also_among_new_rows() -> None:
    first, second = _line(), _line(name="Baiq Rohani", nik="5203015512850001")
    assert type_rows([first], desa_code=DESA, by="op") is not None
    assert type_rows([first], desa_code=DESA, by="op") is None
    roster = type_rows([first, second, second], desa_code=DESA, by="op")
    assert roster is not None
    assert roster.rows_in == 1
    assert Row.objects.count() == Typed.objects.count() == 2


def test_an_operator_types_for_their_own_desa_alone() -> None:
    with scoped(OPERATOR):
        with pytest.raises(Refused) as refused:
            type_rows([_line()], desa_code=OTHER, by="op")
        assert refused.value.reason.code == "tanpa-hak"
        assert type_rows([_line()], desa_code=DESA, by="op") is not None
    assert Roster.objects.count() == 1


def test_a_held_row_is_mended_once_and_leaves_the_held() -> None:
    row = _short()
    assert wrong_fields(row) == ["nik"]
    with scoped(OPERATOR):
        assert held_rows(desa=frozenset({DESA})).get() == row
        with pytest.raises(Refused) as refused:
            mend(row.pk, {"nik": "123"}, office=village_office(DESA), desa_code=DESA, by="op")
        assert refused.value.reason.code == "nik-pendek"
        fresh = mend(
            row.pk, {"nik": "5203015212850002"}, office=village_office(DESA), desa_code=DESA, by="op"
        )
        again = mend(
            row.pk, {"nik": "5203015212850009"}, office=village_office(DESA), desa_code=DESA, by="op"
        )
        assert again.pk == fresh.pk
        assert not held_rows(desa=frozenset({DESA})).exists()
        assert waiting() == 0
    assert fresh.accepted
    assert (fresh.name, fresh.desa_code) == ("Inaq Sari", DESA)
    assert Mended.objects.get().row_id == row.pk
    assert Roster.objects.count() == 2


def test_a_neighbour_neither_sees_nor_mends_it() -> None:
    row = _short()
    with scoped(NEIGHBOUR):
        assert not held_rows(desa=frozenset({OTHER})).exists()
        with pytest.raises(Refused) as refused:
            mend(row.pk, {"nik": "5203015212850002"}, office=village_office(OTHER), desa_code=OTHER, by="x")
        assert refused.value.reason.code == "baris-tidak-ada"
    assert Mended.objects.count() == 0


def test_a_village_mends_its_person_in_the_list_of_an_office(tmp_path: Path) -> None:
    """The office's list itself stays unseen; what else it says of the person is kept."""
    path = tmp_path / "tani.csv"
    path.write_text(
        "NO;NIK;NAMA PETANI;TANGGAL LAHIR;DESA;LUAS LAHAN (HA)\n"
        "1;5203;Amaq Tani;05-08-1980;Tanjung Luar;0,5\n"
    )
    office = receive(path, office="pertanian", kind="petani", by="pertanian")
    row = Row.objects.get(roster=office)
    desa = str(row.desa_code)
    with scoped(Scope("op", (Grant("operator_desa", frozenset({desa})),))):
        assert not Roster.seen.filter(pk=office.pk).exists()
        found = held_rows(desa=frozenset({desa})).get()
        fresh = mend(
            found.pk, {"nik": "5203020508800001"}, office=village_office(desa), desa_code=desa, by="op"
        )
    correction = Roster.objects.get(pk=fresh.roster_id)
    assert (correction.kind, correction.office) == ("petani", village_office(desa))
    assert (fresh.land_m2, fresh.segment) == (row.land_m2, row.segment)
    assert fresh.land_m2 == 5000


def test_a_strange_header_is_taught_and_the_list_read_again(tmp_path: Path) -> None:
    path = tmp_path / "tani.csv"
    path.write_text("NIK;NAMA;KELAHIRANNYA;DESA\n5203010508800001;Amaq Tani;05-08-1980;Tanjung Luar\n")
    roster = receive(path, office="pertanian", kind="petani", by="p")
    assert Row.objects.get().birth_date is None
    with pytest.raises(Refused):
        teach("pertanian", {"KELAHIRANNYA": ""}, by="p")
    with pytest.raises(Refused) as refused:
        teach("pertanian", {"KELAHIRANNYA": "birth_date", "LAIN": "birth_date"}, by="p")
    assert refused.value.reason.code == "arti-ganda"
    assert teach("pertanian", {"KELAHIRANNYA": "birth_date"}, by="p") == 1
    assert taught("pertanian") == {"kelahirannya": "Tanggal lahir"}
    assert taught("koperasi") == {}
    again = reread(roster.pk, by="p")
    assert (again.pk, again.rows_in) == (roster.pk, 1)
    assert str(Row.objects.get().birth_date) == "1980-08-05"


def test_problems_are_grouped_with_what_holds_back_first(tmp_path: Path) -> None:
    path = tmp_path / "tani.csv"
    path.write_text(
        "NIK;NAMA;TANGGAL LAHIR;DESA\n5203;A Satu;05-08-1980;Tanjung Luar\n52;B Dua;05-08-1981;Tanjung Luar\n"
        "5203010508820001;C Tiga;31-02-1980;Tanjung Luar\n"
    )
    roster = receive(path, office="pertanian", kind="petani", by="p")
    groups = grouped(roster)
    assert (groups[0].code, groups[0].rows, groups[0].severity) == ("nik-pendek", 2, "ditahan")
    assert {group.severity for group in groups[1:]} == {"catatan"}
    assert waiting() == 2
    assert examined(roster.sha256, "tani.csv", office="pertanian", kind="petani").accepted == 1
    with pytest.raises(Refused) as refused:
        examined("0" * 64, "tani.csv", office="pertanian")
    assert refused.value.reason.code == "berkas-tidak-disimpan"


def test_a_village_does_not_mend_the_registers_of_other_offices(tmp_path: Path) -> None:
    path = tmp_path / "aktif.csv"
    path.write_text("NIK;NAMA;TANGGAL LAHIR;DESA\n5203;Amaq Aktif;05-08-1980;Tanjung Luar\n")
    insurer = receive(path, office="bpjs", kind="peserta_aktif", by="bpjs")
    row = Row.objects.get(roster=insurer)
    desa = str(row.desa_code)
    with scoped(Scope("op", (Grant("operator_desa", frozenset({desa})),))):
        assert not held_rows(desa=frozenset({desa})).exists()
        with pytest.raises(Refused) as refused:
            mend(row.pk, {"nik": "5203020508800001"}, office=village_office(desa), desa_code=desa, by="op")
    assert refused.value.reason.code == "bukan-daftar-desa"
    assert held_rows(roster=insurer).get() == row
