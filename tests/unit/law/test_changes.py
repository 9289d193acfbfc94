"""What changed between two days, and whom it touches."""

from __future__ import annotations

import datetime as dt

from jaring.law import changes
from jaring.law.settings import LocalSetting


def by_key(one: dt.date, other: dt.date, *settings: LocalSetting) -> dict[str, changes.Change]:
    return {change.key: change for change in changes.between(one, other, settings)}


def test_the_discount_of_other_sectors_ends_with_2026() -> None:
    found = by_key(dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    change = found["discount.lainnya"]
    assert (change.before.text if change.before else None, change.after) == ("50 %", None)
    assert change.days == (dt.date(2027, 1, 1),)
    assert change.kinds == ("bpu",)
    assert "nelayan" in change.segments
    assert "perangkat_desa" not in change.segments
    assert "discount.transportasi" not in found


def test_the_death_benefit_of_december_2019_is_given_with_both_articles() -> None:
    change = by_key(dt.date(2019, 12, 1), dt.date(2019, 12, 2))["jkm.sekaligus"]
    assert change.before
    assert change.after
    assert (change.before.text, change.before.dated.article) == ("Rp16.200.000", "PP 44/2015 Pasal 34")
    assert (change.after.text, change.after.dated.article) == (
        "Rp20.000.000",
        "PP 82/2019 Pasal I (Pasal 34)",
    )


def test_the_order_of_the_days_does_not_matter_and_one_day_has_no_change() -> None:
    one, other = dt.date(2015, 7, 1), dt.date(2026, 11, 1)
    assert changes.between(one, other) == changes.between(other, one)
    assert changes.between(one, one) == []


def test_a_barred_segment_is_touched_when_the_bar_ends() -> None:
    change = by_key(dt.date(2026, 12, 31), dt.date(2027, 1, 1))["funding.dana_desa.dilarang"]
    assert {"perangkat_desa", "bpd"} <= set(change.segments)


def test_an_employers_rule_touches_employers() -> None:
    assert changes.affected_kinds("employers.ladder") == ("employers",)
    assert changes.affected_kinds("benefits.pmi") == ("pmi",)
    assert changes.affected_kinds("jkm") == changes.KINDS


def test_a_setting_of_the_office_is_a_change_too() -> None:
    since = dt.date(2026, 6, 1)
    setting = LocalSetting(
        "employers.ladder.hari_teguran", "kalender", since, None, "Bagian Hukum", "telaahan"
    )
    found = by_key(dt.date(2026, 5, 31), since, setting)
    assert list(found) == ["employers.ladder.hari_teguran"]
    after = found["employers.ladder.hari_teguran"].after
    assert after
    assert after.setting == setting
    assert found["employers.ladder.hari_teguran"].days == (since,)
