"""Background work as its officer sees it: how far it is, how it ended, what it made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jaring.desk.areas import Item, Todo, Words, areas
from jaring.officers.scope import Scope

MENU: tuple[Item, ...] = ()


def todos(scope: Scope) -> Iterator[Todo]:
    """Work of this officer that has ended and was not opened since."""
    from jaring.cycle.work import ended

    for work in ended(scope.actor):
        title = title_of(work)
        told = _("Berhenti: %(what)s") if work.state == "failed" else _("Selesai: %(what)s")
        yield Todo(told % {"what": title}, reverse("job", args=[work.key]), 1, urgent=work.state == "failed")


def title_of(work: Any) -> str:
    """What the work is, with the name of its file where it has one."""
    from jaring.cycle.works import kinds

    kind = kinds().get(work.kind)
    title = str(kind.TITLE) if kind else work.kind
    name = work.arguments.get("file_name") or work.arguments.get("about")
    return f"{title}: {name}" if name else title


def made(work: Any) -> tuple[Words, str] | None:
    """Words and address of where to go on from a work that ended, as the area that shows what it makes says
    in ``RESULTS``: what was made, or where to try again."""
    for area in areas():
        tells: dict[str, Callable[[Any], tuple[Words, str] | None]] = getattr(area, "RESULTS", {})
        if work.kind in tells:
            return tells[work.kind](work)
    return None


def sentence(work: Any) -> tuple[int, str] | None:
    """What a work that is done comes to, in a sentence with its level, as its area says in ``SENTENCES``."""
    for area in areas():
        tells: dict[str, Callable[[Any], tuple[int, str]]] = getattr(area, "SENTENCES", {})
        if work.kind in tells and work.state == "done":
            return tells[work.kind](work)
    return None
