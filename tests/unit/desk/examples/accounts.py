"""What stands in the addresses of the accounts."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.unit.desk.routes import Said
from tests.unit.desk.things import Things

from jaring.officers.models import Assignment, Officer


def _officer(here: Things) -> Officer:
    found, _ = Officer.objects.get_or_create(
        username=f"contoh.{here.number}", defaults={"first_name": "Contoh"}
    )
    return found


def _account(here: Things) -> dict[str, Any]:
    return {"pk": _officer(here).pk}


def _role(here: Things) -> dict[str, Any]:
    return {"pk": _officer(here).pk, "role": "operator_desa"}


def _assignment(here: Things) -> dict[str, Any]:
    today = timezone.localdate()
    given = {"officer": _officer(here), "role": "dpmd", "date_from": today, "date_to": today, "by": "uji"}
    found, _ = Assignment.objects.get_or_create(**given)
    return {"pk": found.pk}


EVERYWHERE = {
    "accounts_one": _account,
    "accounts_disable": _account,
    "accounts_enable": _account,
    "accounts_password": _account,
    "accounts_factor": _account,
    "accounts_role": _account,
    "accounts_role_give": _role,
    "accounts_role_end": _assignment,
}

WORDS = {"named", "role", "state", "username", "name", "office", "date_from", "date_to", "kinds", "limit_idr"}
SAID = {
    "accounts_role_give": (
        Said(
            {"territory": lambda here: here.desa_code},
            lambda here: {"date_from": f"{timezone.localdate()}", "date_to": f"{timezone.localdate()}"},
            whose="regency",
        ),
    )
}
