"""Work that a program has started: how far it is, and what it came to."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from ninja.errors import HttpError

from jaring.api.door import requires
from jaring.api.shapes import Refusal, WorkOut
from jaring.cycle.models import Work

router = Router(tags=["pekerjaan"])
_Key = Annotated[str, Path(max_length=80, pattern=r"^[A-Za-z0-9\-]+$")]


def begun(work: Work, answer: HttpResponse) -> dict[str, Any]:
    """What the one who started it is told: its state, and in ``Location`` where to ask again."""
    answer.headers["Location"] = f"/api/v1/works/{work.key}"
    return _shown(work)


def _shown(work: Work) -> dict[str, Any]:
    counts = work.result.get("counts", {})
    return {
        "key": work.key,
        "kind": work.kind,
        "state": work.state,
        "done": work.done,
        "of": work.of,
        "sentence": work.sentence,
        "code": work.result.get("code", ""),
        "mend": work.result.get("mend", ""),
        "roster": work.result.get("roster"),
        "counts": {name: n for name, n in counts.items() if isinstance(n, int)},
        "started_at": work.started_at,
        "ended_at": work.ended_at,
    }


@router.get("/works/{key}", response={200: WorkOut, 403: Refusal, 404: Refusal})
@requires("answer.give", also=("roster.receive",))
def one(request: HttpRequest, key: _Key) -> dict[str, Any]:
    """One's own work. It survives a restart of the site, and is kept for a quarter."""
    mine = Work.objects.filter(key=key, by=request.auth.actor).first()  # type: ignore[attr-defined]
    if mine is None:
        raise HttpError(404, "Tidak ada.")
    return _shown(mine)
