"""A file that an officer sent: kept sealed, its work begun, opened in memory and with their right there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from jaring.cycle.actions_work import start
from jaring.cycle.models import Work
from jaring.enrolment.papers import Received
from jaring.facts.reason import Refused, refuse
from jaring.officers.models import Officer
from jaring.officers.scope import NOTHING, Scope, acting, of
from jaring.rosters import keeping
from jaring.rosters.actions import let_go


def send(kind: str, files: Sequence[Received], *, by: str, key: UUID | None = None, **given: Any) -> Work:
    """Keep what was sent, sealed, and start its work.

    The same files of one officer are one work while it has not ended, from whatever form they come; from
    one form (``key``) they are one work for ever.
    """
    listed = []
    for one in files:
        listed.append({"name": one.name, "sha256": hashlib.sha256(one.data).hexdigest()})
        keeping.keep(one.data, listed[-1]["sha256"])
    more = f" (+{len(listed) - 1})" if len(listed) > 1 else ""
    whole = {**given, "files": listed, "file_name": listed[0]["name"] + more, "by": by}
    content = hashlib.sha256("".join(one["sha256"] for one in listed).encode()).hexdigest()
    return start(kind, whole, key=f"{(key or uuid4()).hex}-{content[:12]}", by=by, alike=True)


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
