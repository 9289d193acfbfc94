"""Reading accounts: who there is, with which roles, and whose end soon. Changes nothing."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from jaring.officers.models import Assignment, Officer

#: Days before its last one in which a role is shown as ending.
SOON = 30
STATES = ("active", "disabled", "without", "ending", "first")


def accounts(
    *, named: str = "", role: str = "", state: str = "", on: dt.date | None = None
) -> QuerySet[Officer]:
    """Accounts with their assignments, by name, account or office, by a role held, by ``STATES``.

    ``without``: no role that is in force or to come; ``first``: still on the password they were given.
    """
    day = on or timezone.localdate()
    found = Officer.objects.prefetch_related("assignments")
    if named:
        found = found.filter(
            Q(username__icontains=named) | Q(first_name__icontains=named) | Q(office__icontains=named)
        )
    own = Assignment.objects.filter(officer=OuterRef("pk"), date_to__gte=day)
    if role:
        found = found.filter(Exists(own.filter(role=role)))
    if state == "active":
        found = found.filter(is_active=True)
    elif state == "disabled":
        found = found.filter(is_active=False)
    elif state == "without":
        found = found.filter(~Exists(own), is_active=True)
    elif state == "ending":
        found = found.filter(pk__in=ending(day).values("officer"))
    elif state == "first":
        found = found.filter(password_temporary=True, is_active=True)
    return found


def ending(on: dt.date, days: int = SOON) -> QuerySet[Assignment]:
    """Roles in force that end within ``days`` and are not given again beyond; the earliest first."""
    last = on + dt.timedelta(days=days)
    later = Assignment.objects.filter(
        officer=OuterRef("officer"), role=OuterRef("role"), date_to__gt=OuterRef("date_to"), ended_by=""
    )
    return (
        Assignment.objects.filter(
            ~Exists(later), date_from__lte=on, date_to__gte=on, date_to__lte=last, officer__is_active=True
        )
        .select_related("officer")
        .order_by("date_to", "pk")
    )


def held(officer: Officer, on: dt.date) -> set[str]:
    """Roles that this officer holds or will hold."""
    return set(officer.assignments.filter(date_to__gte=on).values_list("role", flat=True))


def names() -> dict[str, str]:
    """Account → the name of who holds it, of every account that has one."""
    return dict(Officer.objects.exclude(first_name="").values_list("username", "first_name"))
