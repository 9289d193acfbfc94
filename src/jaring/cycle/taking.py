"""A file that an officer sent, as its work takes it: kept sealed, opened in memory, with their right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from jaring.enrolment.papers import Received
from jaring.facts.reason import Refused, refuse
from jaring.officers.models import Officer
from jaring.officers.scope import NOTHING, Scope, acting, of
from jaring.rosters import keeping
from jaring.rosters.actions import let_go


def scope_of(by: str) -> Scope:
    """What this officer may do and see now: rights may have ended since the work was asked for."""
    officer = Officer.objects.filter(username=by).first()
    return of(officer, timezone.localdate()) if officer else NOTHING


@contextmanager
def taken(arguments: Mapping[str, Any], right: str) -> Iterator[list[Received]]:
    """The files of a work, ``files: [{name, sha256}]``, inside one action of the officer ``by``.

    The block is one transaction: refused anywhere, nothing of it is stored, and the files are let go.
    """
    digests = [one["sha256"] for one in arguments["files"]]
    try:
        if not all(keeping.is_kept(sha256) for sha256 in digests):
            raise refuse("berkas-kedaluwarsa", "Berkasnya sudah tidak disimpan.", "Kirim lagi berkasnya.")
        with acting(scope_of(arguments["by"]), right):
            yield [Received(one["name"], keeping.kept(one["sha256"])) for one in arguments["files"]]
    except Refused:
        for sha256 in digests:
            let_go(sha256)
        raise
