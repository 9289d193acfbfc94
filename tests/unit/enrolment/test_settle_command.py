"""``jaring enrol settle``: proposed, approved by another, signed, with its minutes; the page's own way."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from tests.unit.enrolment.offices import FULL
from tests.unit.enrolment.test_bills import enrolled
from tests.unit.enrolment.test_settlements import WHY, named

from jaring.cli import main
from jaring.enrolment.models import Bill, Settlement


@pytest.mark.usefixtures("own_database")
def test_the_command_goes_the_same_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    enrolled(tmp_path, 3)
    named(tmp_path, [(2, FULL), (3, FULL), (901, FULL)])
    out = tmp_path / "ba.pdf"
    ask = ["enrol", "settle", "T1", "--by", "staf"]
    assert main(ask) == 2
    assert "belum diusulkan" in capsys.readouterr().err
    assert main([*ask, "--way", "accept", "--why", WHY]) == 1
    assert main([*ask, "--checker", "staf"]) == 2
    assert main([*ask, "--checker", "kabid", "--minutes", str(out)]) == 1
    assert out.read_bytes()[:5] == b"%PDF-"
    assert main([*ask, "--signed", timezone.localdate().isoformat()]) == 0
    assert "ditandatangani kedua pihak; 2 orang Rp33.600" in capsys.readouterr().out
    assert Bill.objects.get().owed_idr == 2 * FULL
    assert main(["enrol", "settle", "T9", "--way", "ask", "--why", WHY]) == 2
    assert Settlement.objects.count() == 1
