"""The command gives a role with the largest sum that it approves."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from jaring.cli import main
from jaring.officers.actions import make_officer


@pytest.mark.parametrize(("said", "limit"), [("500.000.000", 500_000_000), ("2000000", 2_000_000)])
def test_the_command_gives_a_limit(
    own_database: str, said: str, limit: int, capsys: pytest.CaptureFixture[str]
) -> None:
    officer, _ = make_officer("budi", "Budi", "sekretariat", by="penguji")
    until = timezone.localdate() + datetime.timedelta(days=30)
    assert main(["officers", "assign", "budi", "penyetuju", "--until", str(until), "--limit", said]) == 0
    assert "menyetujui paling banyak Rp" in capsys.readouterr().out
    assert officer.assignments.get().limit_idr == limit
    assert main(["officers", "list"]) == 0
    assert "(batas Rp" in capsys.readouterr().out


@pytest.mark.parametrize("said", ["500,5", "-1", "5.00", "banyak", ""])
def test_the_command_takes_no_other_writing(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["officers", "assign", "budi", "penyetuju", "--until", "2027-01-01", "--limit", said])
    assert "--limit" in capsys.readouterr().err
