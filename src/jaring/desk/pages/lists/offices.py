"""Whose list an officer sends: a village's own, an office's own, or any for the labour office."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from jaring.desk.frame import units
from jaring.desk.saying import said
from jaring.officers.models import Officer
from jaring.officers.roles import ROLES, Reach
from jaring.officers.scope import ALL, Scope, village_office
from jaring.rosters.lists import kinds, offices
from jaring.rosters.models import Roster


def villages(scope: Scope) -> list[str]:
    """The desa for which this officer sends lists as their operator."""
    own = (grant.desa for grant in scope.grants if ROLES[grant.role].reach is Reach.DESA)
    return sorted(frozenset().union(*own) - {ALL})


def choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Offices that this officer may send for, by name and in words; one alone is no choice."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    names = {code: unit["name"] for code, unit in units().items()}
    own = [(village_office(code), names.get(code, code)) for code in villages(scope)]
    if own:
        return own
    if scope.kinds:
        officer = request.user
        office = officer.office if isinstance(officer, Officer) else ""
        return [(office or scope.actor, office or scope.actor)]
    every = [(office, office) for office in offices() if not office.startswith("desa ")]
    return [("", _("Pilih kantor")), *every] + [
        (village_office(code), f"{unit['name']} ({unit['kecamatan']})")
        for code, unit in units().items()
        if scope.may("roster.receive", code)
    ]


def kind_choices(scope: Scope) -> list[tuple[str, str]]:
    """Kinds of list; an office that is held to its kinds chooses among them alone."""
    every = {kind: said(title) for kind, title in kinds().items()}
    if scope.kinds and ALL not in scope.desa:
        return [(kind, every[kind]) for kind in sorted(scope.kinds) if kind in every]
    if villages(scope):
        fit = ("aparatur", "keagamaan", "suplemen", "penduduk", "pmi", "umum")
        return [("", ""), *((kind, every[kind]) for kind in fit)]
    return [("", ""), *every.items()]


def desa_of(office: str) -> str | None:
    """The desa of a village's office; None for any other."""
    return next((code for code in units() if village_office(code) == office), None)


def own(request: HttpRequest, roster: Roster) -> bool:
    """Whether the list is this officer's own file: sent by themselves, or by their village or office.

    A file holds NIKs, so reading a list's rows is not enough to take it away.
    """
    scope: Scope = request.scope  # type: ignore[attr-defined]
    office = request.user.office if isinstance(request.user, Officer) else ""
    of_office = roster.kind in scope.kinds and roster.office == office
    mine = roster.by == scope.actor or roster.office in scope.offices or of_office
    return mine and scope.may("roster.receive")
