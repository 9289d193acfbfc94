"""The demo's accounts work, are the same each time, and exist nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from jaring.cli import main
from jaring.facts.reason import Refused
from jaring.officers import actions_demo
from jaring.officers.models import Assignment, Officer
from jaring.officers.roles import ROLES
from jaring.tables.home import home


@pytest.fixture
def invented() -> Iterator[Path]:
    mark = home() / "REKAAN"
    mark.touch()
    yield mark
    mark.unlink()
    cache.clear()


@pytest.mark.django_db
def test_each_role_has_an_account_that_opens(invented: Path) -> None:
    ready = actions_demo.demo_accounts(by="peragaan")
    assert {one.role for one in ready} == set(ROLES)
    assert actions_demo.demo_accounts(by="peragaan") == ready
    assert Assignment.objects.count() == Officer.objects.count() == len(ready)
    for one in ready:
        client = Client(REMOTE_ADDR=f"10.0.0.{ready.index(one) + 1}")
        client.post("/masuk/", {"login": one.username, "password": one.password})
        assert ("_auth_user_id" in client.session) is not one.second_factor
        if one.second_factor:
            client.post("/faktor-kedua/authenticate/", {"code": actions_demo.demo_code(one.username)})
        assert "_auth_user_id" in client.session, one.username


@pytest.mark.django_db
def test_outside_a_demo_there_are_none() -> None:
    for call in (lambda: actions_demo.demo_accounts(by="x"), lambda: actions_demo.demo_code("admin")):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.reason.code == "bukan-peragaan"
    assert not Officer.objects.exists()


@pytest.mark.usefixtures("own_database")
def test_the_command_makes_gives_and_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["officers", "add", "siti", "--name", "Siti", "--office", "DPMD"]) == 0
    password = capsys.readouterr().out.split("Kata sandi pertama: ")[1].split()[0]
    assert Officer.objects.get(username="siti").check_password(password)
    assert main(["officers", "assign", "siti", "dpmd", "--until", "2099-01-01"]) == 2
    assert "paling lama lima tahun" in capsys.readouterr().err
    assert main(["officers", "assign", "tidak.ada", "dpmd", "--until", "2099-01-01"]) == 2
    start = ["--from", "2026-01-01", "--until", "2030-12-31"]
    assert main(["officers", "assign", "siti", "dpmd", *start]) == 0
    capsys.readouterr()
    assert main(["officers", "list", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["username"], one["office"], one["active"]) == ("siti", "DPMD", True)
    assert main(["officers", "demo-accounts"]) == 2
