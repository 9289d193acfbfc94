"""How far an officer sees on a date: the first lock in Python, the settings of the second in PostgreSQL."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, TypeVar

from django.conf import settings
from django.db import connections, models, transaction
from django.db.backends.signals import connection_created
from django.db.models import Q, QuerySet

from jaring.facts.reason import refuse
from jaring.facts.region import region
from jaring.officers.models import Assignment, Officer
from jaring.officers.roles import ROLES, Persons, Reach
from jaring.tables.server import WHOLE as WHOLE_ROLE

ALL = "*"
EVERYWHERE = frozenset({ALL})
NOWHERE: frozenset[str] = frozenset()
#: Between the values of one setting: a sign that no code and no office's name holds.
_BETWEEN = "\x1f"
_Rows = TypeVar("_Rows", bound=models.Model)


@dataclass(frozen=True)
class Grant:
    """What one assignment gives: rights within desa, or within kinds of list."""

    role: str
    desa: frozenset[str]
    kinds: frozenset[str] = NOWHERE
    #: The largest sum that it approves; None = no limit.
    limit_idr: int | None = None

    @property
    def rights(self) -> frozenset[str]:
        return ROLES[self.role].rights

    @property
    def persons(self) -> Persons:
        return ROLES[self.role].persons


@dataclass(frozen=True)
class Scope:
    """Everything one actor may do and see. Made by ``of``; ``NOTHING`` sees nothing."""

    actor: str = ""
    grants: tuple[Grant, ...] = ()
    whole: bool = False
    #: Every person is there for one action (see ``acting``); rights stay what the grants give.
    opened: bool = False

    def may(self, right: str, desa_code: str | None = None) -> bool:
        """Whether some grant gives ``right``, and gives it in that desa when one is named."""
        return self.whole or any(
            right in grant.rights and (desa_code is None or bool(grant.desa & {ALL, desa_code}))
            for grant in self.grants
        )

    @cached_property
    def rights(self) -> frozenset[str]:
        return frozenset().union(*(grant.rights for grant in self.grants))

    @cached_property
    def desa(self) -> frozenset[str]:
        """The desa whose register may be read: only from grants that reach persons."""
        if self.whole or self.opened:
            return EVERYWHERE
        codes = NOWHERE.union(*(g.desa for g in self.grants if g.persons is Persons.REGISTER))
        return EVERYWHERE if ALL in codes else codes

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of list whose rows may be read wherever they come from."""
        return NOWHERE.union(*(g.kinds for g in self.grants if g.persons is Persons.LISTS))

    @cached_property
    def offices(self) -> frozenset[str]:
        """The village offices whose own uploads may be read, also rows that name no known desa.

        Made from the territory and never from what an account says of its office, which is only text.
        """
        return frozenset(village_office(code) for code in self.desa - EVERYWHERE)

    def limit(self, right: str) -> int | None:
        """The largest sum that this scope approves with ``right``: None = no limit, 0 = none."""
        if self.whole:
            return None
        limits = [grant.limit_idr for grant in self.grants if right in grant.rights]
        return None if None in limits else max((n for n in limits if n is not None), default=0)

    def may_approve(self, right: str, amount_idr: int) -> bool:
        """Whether some one grant gives ``right`` for a sum as large as that."""
        limit = self.limit(right)
        return self.may(right) and (limit is None or amount_idr <= limit)

    def settings(self) -> dict[str, str]:
        """What row-level security reads (see ``rowlevel``), and the role it is told by."""
        return {
            # With the whole regency's role no row is looked at twice, and every index serves.
            "role": WHOLE_ROLE if ALL in self.desa else "none",
            "jaring.desa": _BETWEEN.join(sorted(self.desa)),
            "jaring.kinds": _BETWEEN.join(sorted(self.kinds)),
            "jaring.offices": _BETWEEN.join(sorted(self.offices)),
        }

    def narrow(
        self,
        rows: QuerySet[_Rows],
        *,
        desa: str = "",
        kind: str = "",
        office: str = "",
        through: Mapping[str, QuerySet[Any]] | None = None,
    ) -> QuerySet[_Rows]:
        """The rows of a query that this scope may see; names are paths to the columns that decide.

        ``through``: columns that point to another row, each with the keys of which one is enough.
        """
        if ALL in self.desa:
            return rows
        seen = Q(pk__in=[])
        for path, values in self._ways(desa, kind, office):
            if path and values:
                seen |= Q(**{f"{path}__in": sorted(values)})
        for column, parents in (through or {}).items():
            seen |= Q(**{f"{column}__in": parents})
        return rows.filter(seen)

    def where(self, *, desa: str = "", kind: str = "", office: str = "") -> tuple[str, list[Any]]:
        """The same for SQL text: a condition on columns that the caller writes out, and its parameters."""
        if ALL in self.desa:
            return "TRUE", []
        ways = [(c, sorted(v)) for c, v in self._ways(desa, kind, office) if c and v]
        return "(" + " OR ".join(["FALSE", *(f"{c} = ANY(%s)" for c, _ in ways)]) + ")", [v for _, v in ways]

    def _ways(self, desa: str, kind: str, office: str) -> tuple[tuple[str, frozenset[str]], ...]:
        return ((desa, self.desa), (kind, self.kinds), (office, self.offices))

    def require(self, right: str, desa_code: str | None = None) -> None:
        """Refuse in one and the same sentence, whether the place exists or not."""
        if not self.may(right, desa_code):
            raise refuse(
                "tanpa-hak",
                "Akun ini tidak berhak melakukan hal itu di sini.",
                "Minta admin akun memeriksa peran dan wilayah Anda.",
            )


def village_office(desa_code: str) -> str:
    """The office under which a village's operator sends lists: one name per desa."""
    return f"desa {desa_code}"


NOTHING = Scope()
WHOLE = Scope(actor="pekerjaan", whole=True)


@cache
def _desa_within() -> dict[str, frozenset[str]]:
    """Each code of a kecamatan or desa with the desa it stands for."""
    units = region(settings.REGION).units
    within: dict[str, set[str]] = {}
    for code, above in units.select("code", "kecamatan_code").iter_rows():
        within.setdefault(code, set()).add(code)
        within.setdefault(above, set()).add(code)
    return {code: frozenset(found) for code, found in within.items()}


def desa_of(territory: Iterable[str]) -> frozenset[str]:
    """The desa that codes of kecamatan and desa stand for; KeyError names one that is none."""
    return NOWHERE.union(*(_desa_within()[code] for code in territory))


def _grant(assignment: Assignment) -> Grant | None:
    role = ROLES.get(assignment.role)
    if role is None:  # a role that a later release removed gives nothing
        return None
    try:
        named = desa_of(assignment.territory)
    except KeyError:
        return None
    if role.reach is Reach.DESA or named:
        desa = named
    else:
        desa = EVERYWHERE if role.reach in {Reach.REGENCY, Reach.LIST} else NOWHERE
    return Grant(role.code, desa, frozenset(assignment.kinds) & role.kinds, assignment.limit_idr)


def of(officer: Officer, on: datetime.date) -> Scope:
    """What ``officer`` may do and see on that day. Outside its days an assignment gives nothing."""
    if not officer.is_active:
        return NOTHING
    current = officer.assignments.filter(date_from__lte=on, date_to__gte=on).order_by("id")
    grants = tuple(grant for grant in map(_grant, current) if grant)
    return Scope(actor=officer.username, grants=grants)


_now: ContextVar[Scope | None] = ContextVar("scope", default=None)
_process_is_whole = False


def current() -> Scope:
    """The scope in force here: what ``scoped`` set, else everything in a job and nothing elsewhere."""
    return _now.get() or (WHOLE if _process_is_whole else NOTHING)


def process_is_whole() -> bool:
    return _process_is_whole


@contextmanager
def scoped(scope: Scope, using: str = "default") -> Iterator[Scope]:
    """Work inside ``scope``, in one transaction.

    The settings are local to the transaction, so that no connection carries them to its next user,
    pooled or not. What was in force before is in force again afterwards.
    """
    connection = connections[using]
    nested = connection.in_atomic_block
    token = _now.set(scope)
    try:
        with transaction.atomic(using=using):
            before = _read(connection) if nested else {}
            _write(connection, scope.settings(), local=True)
            yield scope
            # A transaction of our own forgets the settings by itself, and so does a rollback.
            if nested and not connection.needs_rollback:
                _write(connection, before, local=True)
    finally:
        _now.reset(token)


@contextmanager
def counting() -> Iterator[Scope]:
    """The whole regency for a page of counts and sums. Never for a page that names a person."""
    with scoped(WHOLE) as scope:
        yield scope


@contextmanager
def acting(scope: Scope, right: str) -> Iterator[Scope]:
    """The whole regency for one action of somebody whose own rows are no persons.

    For BPKAD that books an SP2D, the insurer that gives answers: their action moves months of people
    whom they never read. Rights stay their own. Refused to one whose ``right`` ends at a territory.
    Never for a page that lists people.
    """
    scope.require(right)
    wide = (right in grant.rights and (ALL in grant.desa or not grant.desa) for grant in scope.grants)
    if not (scope.whole or any(wide)):
        raise refuse(
            "wilayah-terbatas",
            "Pekerjaan ini menyangkut seluruh kabupaten, sedangkan peran Anda terbatas pada wilayahnya.",
            "Minta petugas kabupaten mengerjakannya.",
        )
    with scoped(replace(scope, opened=True)) as opened:
        yield opened


def whole_process() -> None:
    """Declare this process a job that works on the whole regency: the command, the month, the tests.

    The web server never calls it, so a request that sets no scope sees nothing.
    """
    global _process_is_whole
    _process_is_whole = True
    connection_created.connect(_open_whole, dispatch_uid="jaring.officers.whole")
    connection = connections["default"]
    if connection.connection is not None:
        _write(connection, WHOLE.settings(), local=False)


def _open_whole(connection: Any, **_: Any) -> None:
    if connection.alias == "default":
        _write(connection, WHOLE.settings(), local=False)


def _write(connection: Any, values: dict[str, str], *, local: bool) -> None:
    with connection.cursor() as cursor:
        calls = ", ".join(["set_config(%s, %s, %s)"] * len(values))
        cursor.execute(f"SELECT {calls}", [part for item in values.items() for part in (*item, local)])


def _read(connection: Any) -> dict[str, str]:
    names = list(NOTHING.settings())
    with connection.cursor() as cursor:
        calls = ", ".join(["coalesce(current_setting(%s, true), '')"] * len(names))
        cursor.execute(f"SELECT {calls}", names)
        return dict(zip(names, cursor.fetchone(), strict=True))


__all__ = [
    "ALL",
    "NOTHING",
    "WHOLE",
    "Grant",
    "Scope",
    "acting",
    "counting",
    "current",
    "desa_of",
    "of",
    "process_is_whole",
    "scoped",
    "village_office",
    "whole_process",
]
