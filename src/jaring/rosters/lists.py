"""Lists as their offices look at them: which came, what is wrong in them, which rows are held. Reads only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from jaring.facts.reason import refuse
from jaring.officers.scope import WHOLE, scoped, village_office
from jaring.rosters import answered, keeping, reading
from jaring.rosters.actions import learnt
from jaring.rosters.actions_mend import OFFICIAL
from jaring.rosters.checks import BY_CODE
from jaring.rosters.examination import Examination, examine
from jaring.rosters.formats import formats
from jaring.rosters.models import Mended, Problem, Roster, Row, Typed

_SEVERITIES = {"error": "ditahan", "warning": "catatan", "note": "pemberitahuan"}


@dataclass(frozen=True)
class Group:
    """One kind of problem in a list: its words, and in how many rows it was found."""

    code: str
    severity: str
    sentence: str
    mend: str
    rows: int


@dataclass(frozen=True)
class Held:
    """A row that is held back, in words; ``wrong``: its errors, ``noted``: what else was found."""

    row: Row
    wrong: list[Group] = field(default_factory=list)
    noted: list[Group] = field(default_factory=list)


def received(*, office: str = "", kind: str = "", month: dt.date | None = None) -> QuerySet[Roster]:
    """The lists that the officer at work may see, the newest first."""
    found = Roster.seen.filter(state="received")
    if office:
        found = found.filter(office=office)
    if kind:
        found = found.filter(kind=kind)
    if month:
        following = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        first, last = (timezone.make_aware(dt.datetime(d.year, d.month, 1)) for d in (month, following))
        found = found.filter(received_at__gte=first, received_at__lt=last)
    return found.order_by("-pk")


def kinds() -> dict[str, str]:
    """Code → words of every kind of list that holds people."""
    found = {kind: own.label for kind, own in formats().items() if own.roster and own.persons}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def kind_words(kind: str) -> str:
    """What a kind of list is called."""
    own = formats().get(kind)
    return own.label if own else kind


def grouped(roster: Roster) -> list[Group]:
    """The problems of a list by code, what holds rows back first, then the most frequent."""
    counts = Problem.seen.filter(roster=roster).values("code", "severity").annotate(rows=Count("pk"))
    groups = [_words(one["code"], one["severity"], one["rows"]) for one in counts]
    order = list(_SEVERITIES.values())
    return sorted(groups, key=lambda group: (order.index(group.severity), -group.rows))


def of_summary(by_code: dict[str, int]) -> list[Group]:
    """The same of a screening, which stores no rows."""
    groups = [_words(code, BY_CODE[code].severity, rows) for code, rows in by_code.items()]
    order = list(_SEVERITIES.values())
    return sorted(groups, key=lambda group: (order.index(group.severity), -group.rows))


def _words(code: str, severity: str, rows: int) -> Group:
    own = BY_CODE.get(code)
    sentence, mend = (own.sentence, own.mend) if own else (code, "")
    return Group(code, _SEVERITIES[severity], sentence, mend, rows)


def held_rows(*, roster: Roster | None = None, desa: frozenset[str] | None = None) -> QuerySet[Row]:
    """Rows held back and not mended since: of one list, or of the people of some desa in any list.

    A village's own list may name no desa that is known; it is found by its office.
    """
    mended = Exists(Mended.objects.filter(row=OuterRef("pk")))
    found = Row.seen.filter(~mended, accepted=False).exclude(roster_id__in=_closed(desa is not None))
    if roster is not None:
        found = found.filter(roster=roster)
    if desa is not None:
        own = Roster.seen.filter(office__in=[village_office(code) for code in desa], state="received")
        # Of an office's list the village does not have the file: a row without a name tells it nobody.
        named = Q(desa_code__in=sorted(desa), name__isnull=False)
        found = found.filter(named | Q(roster__in=own.values("pk")))
    return found


def _closed(village: bool) -> list[int]:
    """Lists whose held rows wait for nobody: taken back, and for a village the registers of others.

    Numbers of lists that a village does not see, and nothing of what is in them.
    """
    with scoped(WHOLE):
        gone = Q(state="replaced")
        if village:
            gone |= Q(kind__in=OFFICIAL) & ~Q(office__startswith=village_office(""))
        return list(Roster.objects.filter(gone).values_list("pk", flat=True))


def told(rows: list[Row]) -> list[Held]:
    """Rows of a page with their problems."""
    found = {row.pk: Held(row) for row in rows}
    # Rows that are seen, and so are their problems; their own policy would look through all rows for them.
    with scoped(WHOLE):
        problems = list(Problem.objects.filter(row__in=list(found)).order_by("pk"))
    for problem in problems:
        held = found[problem.row_id or 0]
        group = _words(problem.code, problem.severity, 1)
        (held.wrong if problem.severity == "error" else held.noted).append(group)
    return list(found.values())


def made_here(roster: Roster) -> bool:
    """Whether it was typed or mended on the site, so that there is no file to give back."""
    mended = Mended.seen.filter(by_row__roster=roster)
    return Typed.seen.filter(roster=roster).exists() or mended.exists()


def mended_of(rosters: list[Roster]) -> dict[int, int]:
    """List → how many of its held rows were put right since."""
    found = Mended.seen.filter(roster__in=rosters).values("roster").annotate(rows=Count("pk"))
    return {one["roster"]: one["rows"] for one in found}


def waiting() -> int:
    """Held rows, not mended since, of all lists within reach."""
    held = received().aggregate(held=Sum("quarantined"))["held"] or 0
    return max(0, held - Mended.seen.filter(roster__in=received()).count())


def offices() -> list[str]:
    """Offices whose lists the officer at work may see."""
    return list(Roster.seen.order_by("office").values_list("office", flat=True).distinct())


def examined(
    sha256: str, file_name: str, *, office: str, kind: str | None = None, desa_code: str | None = None
) -> Examination:
    """A kept file read and checked again, with what its office has taught by now. Nothing is stored."""
    if not keeping.is_kept(sha256):
        raise refuse("berkas-tidak-disimpan", "Berkas ini sudah tidak disimpan.", "Unggah lagi berkasnya.")
    return examine(
        reading.read_bytes(keeping.kept(sha256), file_name),
        office=office,
        kind=kind,
        desa_code=desa_code,
        learnt=learnt(office),
        today=timezone.localdate(),
        region_key=settings.REGION,
    )


def answer(examination: Examination) -> bytes:
    """The uploader's own file with the reasons beside its rows, as a workbook."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "jawaban.xlsx"
        answered.write(examination, path)
        return path.read_bytes()
