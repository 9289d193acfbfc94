"""schemathesis hunts the door with what its own description allows and what it does not: never a 5xx."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance
from tests.acting import ready_officer

from jaring.officers.actions_token import issue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jaring.tables.settings")
_schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
_ROLES = ("disnakertrans", "bpjs")


@pytest.fixture(scope="module", params=_ROLES)
def token(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Any:
    """Both roles that a program may have; together they hold every right of the door."""
    from django.db import transaction

    # As Django's own test client does: the end of a request must not close the test's connection.
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        officer = ready_officer(f"acak.{request.param}", request.param)
        yield issue(officer, "acak", timezone.localdate() + dt.timedelta(days=1), by="uji")
        transaction.set_rollback(True)
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@_schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_answer_is_a_fault(case: Any, token: str) -> None:
    from django.db import transaction

    with transaction.atomic():
        answer = case.call(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
        transaction.set_rollback(True)
    # An address that is none of the door's is answered by the site, with a page.
    of_the_door = "html" not in str(answer.headers.get("content-type"))
    checks = [not_a_server_error, *([response_schema_conformance] if of_the_door else [])]
    case.validate_response(answer, checks=checks)
