"""Roles given for a time and ended for a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from jaring.desk.frame import page
from jaring.desk.pages.accounts.forms import Give
from jaring.desk.pages.accounts.views import because, place
from jaring.desk.saying import said
from jaring.facts.reason import Refused
from jaring.officers import actions, listing
from jaring.officers.access import fresh, requires
from jaring.officers.models import Assignment, Officer
from jaring.officers.roles import RIGHTS, ROLES, compatible


@requires("accounts.manage")
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The roles, with what each may do; those that this officer's others exclude say by which."""
    officer = get_object_or_404(Officer, pk=pk)
    held = listing.held(officer, timezone.localdate())
    roles = [
        {
            "role": role,
            "may": [RIGHTS[right] for right in RIGHTS if right in role.rights],
            "against": [
                said(ROLES[h].title) for h in sorted(held) if h in ROLES and not compatible(role.code, h)
            ],
        }
        for role in ROLES.values()
    ]
    return page(request, "accounts/choose", officer=officer, roles=roles)


@requires("accounts.manage")
@fresh
def give(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Days, places, lists and sums of one role."""
    officer = get_object_or_404(Officer, pk=pk)
    wanted = ROLES.get(role)
    if wanted is None:
        raise Http404
    form = Give(wanted, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.assign(officer, role, by=request.user.get_username(), **form.cleaned_data)
        except Refused as fault:
            form.refused(fault)
        else:
            messages.success(
                request,
                _("%(name)s menjadi %(role)s sampai %(day)s.")
                % {
                    "name": officer.first_name or officer.username,
                    "role": said(wanted.title),
                    "day": made.date_to.strftime("%d-%m-%Y"),
                },
            )
            return redirect("accounts_one", pk=officer.pk)
    return page(request, "accounts/give", officer=officer, role=wanted, form=form)


@requires("accounts.manage")
@fresh
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The role gives nothing from now on."""
    one = get_object_or_404(Assignment.objects.select_related("officer"), pk=pk)
    role = said(ROLES[one.role].title) if one.role in ROLES else one.role
    where = place(one.territory)
    words = {
        "heading": _("Akhiri peran %(role)s milik %(name)s")
        % {"role": role, "name": one.officer.first_name or one.officer.username},
        "about": (f"{where}. " if where else "")
        + _("Peran itu tidak memberi apa pun lagi sejak sekarang, dan sesinya berakhir."),
        "button": _("Akhiri peran"),
        "danger": True,
        "done": _("Peran %s berakhir.") % role,
    }
    act = lambda by, why: actions.end_assignment(one, by=by, reason=why)  # noqa: E731
    return because(request, one.officer, words, act)
