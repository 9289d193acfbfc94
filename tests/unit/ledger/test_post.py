"""An entry balances, stands once under its key, and is never changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from jaring.facts.reason import Refused
from jaring.journal.models import Entry as Journal
from jaring.ledger import actions, events
from jaring.ledger.balance import by_fund
from jaring.ledger.models import Entry, Posting

DAY = dt.date(2024, 10, 30)
FUND = "DBHCHT-2024"


def _post(key: str = "tagihan:1", lines: list[events.Line] | None = None) -> Entry:
    lines = events.billed(FUND, 288_489_600) if lines is None else lines
    return actions.post(key, DAY, "Tagihan Oktober 2024", "T-10", lines, by="bendahara")


def _write_past_the_door(rows: list[events.Line]) -> None:
    entry = Entry.objects.create(
        key="langsung", date=DAY, memo="", document="", lines=2, debit_idr=5, digest=b"x"
    )
    Posting.objects.bulk_create(Posting(entry=entry, account_id=a, amount_idr=i) for a, i in rows)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def _opened(db: None) -> None:
    actions.open_accounts([FUND], by="bendahara")


@pytest.mark.usefixtures("_opened")
def test_a_balanced_entry_is_stored_with_its_lines_and_journalled() -> None:
    entry = _post()
    assert list(entry.postings.order_by("id").values_list("account_id", "amount_idr")) == [
        ("Beban:Iuran:DBHCHT-2024", 288_489_600),
        ("Kewajiban:UtangIuran:DBHCHT-2024", -288_489_600),
    ]
    assert Journal.objects.order_by("-seq").values_list("action", "actor")[0] == ("ledger.post", "bendahara")


@pytest.mark.usefixtures("_opened")
def test_the_same_key_and_content_is_the_same_entry_and_posts_nothing_more() -> None:
    first = _post()
    told = Journal.objects.count()
    assert _post().pk == first.pk
    assert (Entry.objects.count(), Posting.objects.count(), Journal.objects.count()) == (1, 2, told)


@pytest.mark.usefixtures("_opened")
def test_the_same_key_with_other_content_is_refused() -> None:
    _post()
    with pytest.raises(Refused) as refused:
        _post(lines=events.billed(FUND, 288_489_601))
    assert refused.value.reason.code == "kunci-sudah-dipakai"
    assert Posting.objects.count() == 2


@pytest.mark.usefixtures("_opened")
@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([(f"Aset:Kas:{FUND}", 5), (f"Aset:Piutang:{FUND}", -4)], "ayat-tidak-seimbang"),
        ([(f"Aset:Kas:{FUND}", 0), (f"Aset:Piutang:{FUND}", 0)], "ayat-tidak-seimbang"),
        ([(f"Aset:Kas:{FUND}", 5)], "ayat-tidak-seimbang"),
        ([], "ayat-tidak-seimbang"),
        ([(f"Aset:Kas:{FUND}", 1.5), (f"Aset:Piutang:{FUND}", -1.5)], "ayat-tidak-seimbang"),
        ([(f"Aset:Kas:{FUND}", 2**63), (f"Aset:Piutang:{FUND}", -(2**63))], "ayat-tidak-seimbang"),
        ([("Aset:Kas:LAIN", 5), ("Aset:Piutang:LAIN", -5)], "akun-belum-dibuka"),
    ],
)
def test_what_is_no_entry_is_refused_and_leaves_nothing(lines: list[events.Line], code: str) -> None:
    with pytest.raises(Refused) as refused:
        _post(lines=lines)
    assert refused.value.reason.code == code
    assert Entry.objects.count() == 0


@pytest.mark.usefixtures("_opened")
@pytest.mark.parametrize(
    "rows",
    [
        [(f"Aset:Kas:{FUND}", 5), (f"Aset:Piutang:{FUND}", -4)],
        [(f"Aset:Kas:{FUND}", 5)],
        [],
        [
            (f"Aset:Kas:{FUND}", 5),
            (f"Aset:Piutang:{FUND}", -5),
            (f"Aset:Kas:{FUND}", 5),
            (f"Aset:Piutang:{FUND}", -5),
        ],
    ],
)
def test_the_database_itself_refuses_an_entry_that_is_not_balanced_and_whole(rows: list[events.Line]) -> None:
    with pytest.raises(IntegrityError, match="not balanced"), transaction.atomic():
        _write_past_the_door(rows)


@pytest.mark.usefixtures("_opened")
def test_lines_cannot_join_an_entry_later_even_when_they_balance() -> None:
    entry = _post()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="not balanced"), transaction.atomic():
        Posting.objects.bulk_create(
            Posting(entry=entry, account_id=a, amount_idr=i) for a, i in events.paid(FUND, 7)
        )


@pytest.mark.usefixtures("_opened")
@pytest.mark.parametrize(
    "command",
    [
        "UPDATE ledger_posting SET amount_idr = amount_idr + 1",
        "DELETE FROM ledger_posting",
        "UPDATE ledger_entry SET memo = 'lain'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_account SET fund = 'LAIN'",
        "DELETE FROM ledger_account WHERE code LIKE 'Aset%%'",
    ],
)
def test_nothing_posted_can_be_changed_or_taken_away(command: str) -> None:
    _post()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(command)


@pytest.mark.usefixtures("own_database")
def test_not_even_the_owner_of_the_tables_can_empty_them() -> None:
    from django.db import connections

    for table in ("ledger_posting", "ledger_entry", "ledger_account"):
        with pytest.raises(DatabaseError, match="append-only"), connections["owner"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.usefixtures("_opened")
def test_a_reversal_brings_every_account_back_and_happens_once() -> None:
    _post()
    back = actions.reverse("tagihan:1", date=DAY, document="BA-1", by="bendahara")
    assert back.key == "balik:tagihan:1"
    assert actions.trial_balance()["balance_idr"].to_list() == [0] * 8
    assert actions.reverse("tagihan:1", date=DAY, document="BA-1", by="bendahara").pk == back.pk
    with pytest.raises(Refused) as refused:
        actions.reverse("tagihan:1", date=DAY, document="BA-2", by="bendahara")
    assert refused.value.reason.code == "kunci-sudah-dipakai"
    with pytest.raises(Refused) as refused:
        actions.reverse("balik:tagihan:1", date=DAY, document="BA-3", by="bendahara")
    assert refused.value.reason.code == "pembalikan-tidak-dibalik"
    with pytest.raises(Refused):
        actions.reverse("tidak-ada", date=DAY, document="", by="bendahara")


@pytest.mark.usefixtures("_opened")
def test_a_year_of_a_fund_from_budget_to_restitution() -> None:
    steps = [
        events.budget_changed(FUND, 2_599_884_000),
        events.committed(FUND, 2_599_884_000),
        events.billed(FUND, 17_195 * 16_800),
        events.bill_corrected(FUND, 23 * 16_800),
        events.paid(FUND, 17_172 * 16_800),
        events.released(FUND, 23 * 16_800),
        events.restitution_owed(FUND, 2 * 16_800),
        events.restitution_received(FUND, 16_800),
    ]
    for number, lines in enumerate(steps):
        _post(f"langkah:{number}", lines)
    row = by_fund().row(0, named=True)
    paid = 288_489_600 - 16_800
    assert row == {
        "fund": FUND,
        "pagu_idr": 2_599_884_000,
        "tersedia_idr": 23 * 16_800,
        "komitmen_idr": 2_599_884_000 - 288_489_600 - 22 * 16_800,
        "realisasi_idr": paid,
        "iuran_idr": 288_489_600 - 2 * 16_800,
        "utang_idr": 0,
        "piutang_idr": 16_800,
        "kas_idr": paid,
    }
    assert row["pagu_idr"] == row["tersedia_idr"] + row["komitmen_idr"] + row["realisasi_idr"]
    assert row["kas_idr"] + row["utang_idr"] == row["iuran_idr"] + row["piutang_idr"]


@pytest.mark.django_db
def test_a_fund_code_that_could_not_be_read_elsewhere_opens_no_account() -> None:
    for bad in ("dbhcht", "ADD 2026", "ADD:2026", "", "-X", 'A"\n'):
        with pytest.raises(Refused):
            actions.open_accounts([bad], by="bendahara")
    assert actions.open_accounts([FUND], by="bendahara") == 8
    assert actions.open_accounts([FUND], by="bendahara") == 0
