"""Acceptance case 6: 144,110 and 164,828, of workers and of the target, each with its definition.

Sources of the figures: published.yaml; programme facts §1.2.
"""

from __future__ import annotations

from jaring.coverage.published import latest, published, rivals
from jaring.facts.month import Month


def test_both_percentages_stand_side_by_side_for_both_years() -> None:
    by_date = {p.as_of: p for p in published() if p.kind == "active"}
    end_2024, january_2026 = by_date[Month(2024, 12)], by_date[Month(2026, 1)]
    assert (end_2024.value, january_2026.value) == (144_110, 164_828)
    assert [r.tenths_of_percent for r in rivals(end_2024)] == [286, 535]
    assert [r.tenths_of_percent for r in rivals(january_2026)] == [327, 612]


def test_a_share_cannot_be_said_without_its_definitions() -> None:
    of_workers, of_target = rivals(latest("active"))
    for ratio in (of_workers, of_target):
        said = ratio.sentence()
        assert ratio.numerator.counts in said
        assert ratio.denominator.counts in said
        assert ratio.denominator.source in said
    assert "504.000" in of_workers.sentence()
    assert "269.152" in of_target.sentence()
    # That 269,152 is the target is an inference, and stays marked as one.
    assert "keyakinan: dugaan" in of_target.sentence()


def test_an_older_month_quotes_the_figure_of_its_own_time() -> None:
    assert latest("active", Month(2025, 3)).value == 144_110
    assert latest("active", Month(2026, 4)).value == 164_828
