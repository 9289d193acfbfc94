"""One work: its page draws itself anew while it runs, and leads on to what it made."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from jaring.cycle import work as works
from jaring.cycle.job import said, shown
from jaring.cycle.models import Work
from jaring.desk.frame import page
from jaring.desk.pages.jobs import made, sentence, title_of
from jaring.officers.access import public
from jaring.officers.scope import Scope

#: The store forgets the order of counts; what came in goes before what became of it.
_ORDER = ("baris_masuk", "diterima", "ditahan", "orang_baru", "orang_lama", "perlu_diperiksa_orang")
#: Seconds for which a page is drawn anew quickly.
_SOON = 10
_WHY = "pekerjaan hanya terbuka bagi yang memulainya dan yang menjalankan bulan"


def _mine(scope: Scope, key: str) -> Work:
    """The work of that key, for who started it and who runs the month; for others there is none."""
    work = Work.objects.filter(key=key).first()
    if work is None or not (work.by == scope.actor or scope.may("month.run")):
        raise Http404
    return work


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


@public(_WHY)
def job(request: HttpRequest, key: str) -> HttpResponse:
    """Progress, or how it ended. htmx asks for the middle of the page alone.

    ``lanjut``: who has just sent something is led on to what became of it, once.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    work = _mine(request.scope, key)  # type: ignore[attr-defined]
    counts = work.result.get("counts", {}) if work.state == "done" else {}
    told = sentence(work)
    follows = "lanjut" in request.GET and work.by == request.user.get_username()
    about = {
        "work": work,
        "open": work.state not in Work.ENDED,
        "follows": follows,
        "goes_on": follows and work.state == "done" and not work.seen,
        # A small file is done in a moment; a month's run is not looked at ten times a second.
        "every": "700ms" if (timezone.now() - work.started_at).total_seconds() < _SOON else "2s",
        "told": told[1] if told else "",
        "title": title_of(work),
        "counts": [(said(name), shown(name, counts[name])) for name in sorted(counts, key=_place)],
        "waits_for": work.result.get("waits_for", []),
        "made": made(work) if work.state in Work.ENDED else None,
    }
    if getattr(request, "htmx", False):
        return render(request, "desk/jobs/state.html", about)
    return page(request, "jobs/job", **about)


@require_POST
@public(_WHY)
def opened(request: HttpRequest, key: str) -> HttpResponse:
    """The officer has seen how it ended; on to what it made."""
    if not request.user.is_authenticated:
        return redirect_to_login("/")
    work = _mine(request.scope, key)  # type: ignore[attr-defined]
    works.told(work, by=request.user.get_username())
    result = made(work) if work.state in Work.ENDED else None
    told = sentence(work) if result else None
    if told:
        messages.add_message(request, *told)
    where = result[1] if result else "/"
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(where)
    return HttpResponseRedirect(where)
