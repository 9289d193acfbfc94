"""The chain of the journal verified, and a month decided again from what was known then."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from jaring.cycle import work
from jaring.decide.actions import recompute
from jaring.decide.actions_check import check, months_decided, standing_count
from jaring.decide.local import settings as local_settings
from jaring.desk.frame import page, units
from jaring.desk.pages.audit.forms import OfMonth
from jaring.desk.pages.audit.words import OUTCOME
from jaring.desk.saying import dotted, month_name
from jaring.facts.month import Month
from jaring.journal import reading
from jaring.journal.actions_verify import verify
from jaring.officers.access import requires
from jaring.people.models import Person

#: Within a second or two; more is work for the background.
AT_ONCE = 20_000
#: Differing decisions that are named on a page.
_NAMED = 200


@requires("journal.read")
def chain(request: HttpRequest) -> HttpResponse:
    """Verify every link; what earlier verifications found stands below, out of the journal itself."""
    length = reading.length()
    if request.method == "POST":
        by = request.user.get_username()
        if length > AT_ONCE:
            key = f"rantai-{timezone.now():%Y%m%d%H%M}-{slug(by)}"
            return redirect("job", key=work.start("verify_chain", {"by": by}, key=key, by=by).key)
        found = verify(by=by)
        if found.broken is None:
            messages.success(
                request,
                _("%(n)s catatan diperiksa: rantainya utuh dari yang pertama sampai yang terakhir.")
                % {"n": dotted(found.entries)},
            )
        else:
            messages.error(
                request,
                _("Rantai putus pada catatan nomor %(n)s: catatan itu atau yang sebelumnya diubah.")
                % {"n": dotted(found.broken)},
            )
        return redirect("audit_chain")
    return page(request, "audit/chain", length=length, done=_told("journal.verify"))


def slug(name: str) -> str:
    """The name of an account as a part of a key: letters, digits and hyphens."""
    return "".join(c if c.isalnum() else "-" for c in name)


def _told(action: str) -> list[dict[str, Any]]:
    """The newest of what the journal says of such checks."""
    return [
        {"at": one.at, "actor": one.actor, "subject": one.subject, **reading.facts(one)}
        for one in reading.entries(action=action)[:10]
    ]


@requires("decision.recompute")
def recomputed(request: HttpRequest) -> HttpResponse:
    """Decide a month again from its stored facts and the law; say how many come out differently."""
    months = [(str(m), month_name(m)) for m in months_decided()]
    form = OfMonth(request.POST or None, months=months)
    if request.method == "POST" and form.is_valid():
        month = Month.parse(form.cleaned_data["month"])
        by = request.user.get_username()
        if standing_count(month) > AT_ONCE:
            key = f"hitung-ulang-{month}-{timezone.now():%Y%m%d%H%M}-{slug(by)}"
            started = work.start("recompute", {"month": str(month), "by": by}, key=key, by=by)
            return redirect("job", key=started.key)
        counts, _differing = check(month, by=by, settings=local_settings())
        if counts["differ"]:
            messages.error(
                request,
                _("%(differ)s dari %(n)s keputusan %(month)s keluar berbeda.")
                % {
                    "differ": dotted(counts["differ"]),
                    "n": dotted(counts["decisions"]),
                    "month": month_name(month),
                },
            )
        else:
            messages.success(
                request,
                _("Semua %(n)s keputusan %(month)s keluar sama dari fakta yang disimpan dan hukum.")
                % {"n": dotted(counts["decisions"]), "month": month_name(month)},
            )
        return redirect("audit_recompute")
    done = [{**one, "month": Month.parse(one["subject"])} for one in _told("decide.check")]
    return page(request, "audit/recompute", form=form, months=months, done=done)


@requires("decision.recompute")
def differences(request: HttpRequest, month: str) -> HttpResponse:
    """Whose decision comes out differently now, and in what."""
    try:
        asked = Month.parse(month)
    except ValueError:
        raise Http404 from None
    if asked not in months_decided():
        raise Http404
    differing = recompute(asked, local_settings())
    first = differing.head(_NAMED)
    seen = Person.seen.all()
    people = seen.in_bulk(first["person_id"].to_list())
    rows = [
        {
            "code": str(people[person].public_id)[:8],
            "name": people[person].name,
            "desa": units().get(people[person].desa_code or "", {}).get("name", ""),
            "parts": [OUTCOME.get(part, part) for part in parts],
        }
        for person, parts in first.select("person_id", "differs").iter_rows()
        if person in people
    ]
    return page(request, "audit/differences", month=asked, rows=rows, count=differing.height)
