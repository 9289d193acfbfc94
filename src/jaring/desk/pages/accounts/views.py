"""Accounts: found, made, closed, opened again, given a new first password."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from jaring.desk.forms import Because
from jaring.desk.frame import page, units
from jaring.desk.pages.accounts.forms import KINDS, Filters, NewAccount
from jaring.desk.paging import keyset
from jaring.facts.reason import Refused
from jaring.officers import actions, listing
from jaring.officers.access import fresh, requires
from jaring.officers.models import Assignment, Officer
from jaring.officers.passwords import needs_second_factor
from jaring.officers.roles import ROLES


@requires("accounts.manage")
def accounts(request: HttpRequest) -> HttpResponse:
    """Accounts by name; what ends soon stands above them."""
    form = Filters(request.GET)
    given = form.given()
    slice_ = keyset(listing.accounts(**given), request, order="username")
    return page(
        request,
        "accounts/list",
        form=form,
        slice=slice_,
        officers=[{"officer": one, "roles": _roles(one)} for one in slice_.rows],
        ending=[] if given else [_role(one) for one in listing.ending(timezone.localdate())[:20]],
    )


def _roles(officer: Officer) -> list[dict[str, Any]]:
    """What is in force today, from what was fetched with the account."""
    today = timezone.localdate()
    return [_role(one) for one in officer.assignments.all() if one.date_from <= today <= one.date_to]


def _role(one: Assignment) -> dict[str, Any]:
    today = timezone.localdate()
    role = ROLES.get(one.role)
    return {
        "one": one,
        "title": role.title if role else one.role,
        "place": place(one.territory),
        "kinds": [KINDS.get(kind, kind) for kind in one.kinds],
        "current": one.date_from <= today <= one.date_to,
        "coming": one.date_from > today,
        "days": (one.date_to - today).days,
        "soon": one.date_from <= today <= one.date_to and (one.date_to - today).days <= listing.SOON,
    }


def place(territory: list[str]) -> str:
    """Names of the kecamatan and desa of a role; empty where it reaches everywhere."""
    names = {unit["kecamatan_code"]: _("Kecamatan %s") % unit["kecamatan"] for unit in units().values()}
    names |= {code: unit["name"] for code, unit in units().items()}
    return ", ".join(names.get(code, code) for code in territory)


@requires("accounts.manage")
@fresh
def new(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is shown once, on the answer to the form itself."""
    form = NewAccount(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = request.user.get_username()
        try:
            officer, given = actions.make_officer(
                form.cleaned_data["username"], form.cleaned_data["name"], form.cleaned_data["office"], by=by
            )
        except Refused as fault:
            form.refused(fault, "username")
        else:
            return _shown_once(request, officer, given, made=True)
    return page(request, "accounts/new", form=form)


def _shown_once(request: HttpRequest, officer: Officer, given: str, *, made: bool) -> HttpResponse:
    """Never in the session or the address: who reloads does not see it again."""
    answer = page(request, "accounts/password_shown", officer=officer, password=given, made=made)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@requires("accounts.manage")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its roles in force, to come and past, and what can be done with it."""
    officer = get_object_or_404(Officer, pk=pk)
    roles = [_role(one) for one in officer.assignments.order_by("-date_to", "-pk")]
    strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return page(
        request,
        "accounts/one",
        officer=officer,
        current=[r for r in roles if r["current"]],
        coming=[r for r in roles if r["coming"]],
        past=[r for r in roles if not r["current"] and not r["coming"]],
        factor=is_mfa_enabled(officer, strong),
        needs_factor=needs_second_factor(officer),
        own=officer == request.user,
    )


def because(request: HttpRequest, officer: Officer, words: dict[str, Any], act: Any) -> HttpResponse:
    """One page, one reason, one act; back to the account."""
    form = Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(request.user.get_username(), form.cleaned_data["reason"])
        except Refused as fault:
            form.refused(fault)
        else:
            messages.success(request, words["done"])
            return redirect("accounts_one", pk=officer.pk)
    return page(request, "accounts/because", form=form, officer=officer, **words)


@requires("accounts.manage")
@fresh
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account from the next request on."""
    officer = get_object_or_404(Officer, pk=pk)
    words = {
        "heading": _("Nonaktifkan akun %s") % officer.username,
        "about": _(
            "Sesinya berakhir pada permintaan berikutnya. Riwayatnya tetap, dan akun dapat diaktifkan lagi."
        ),
        "button": _("Nonaktifkan"),
        "danger": True,
        "done": _("Akun %s dinonaktifkan.") % officer.username,
    }
    return because(request, officer, words, lambda by, why: actions.disable(officer, by=by, reason=why))


@requires("accounts.manage")
@fresh
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it again, with the roles whose days have not passed."""
    officer = get_object_or_404(Officer, pk=pk)
    words = {
        "heading": _("Aktifkan lagi akun %s") % officer.username,
        "about": _("Peran yang masanya belum lewat berlaku lagi."),
        "button": _("Aktifkan"),
        "danger": False,
        "done": _("Akun %s aktif lagi.") % officer.username,
    }
    return because(request, officer, words, lambda by, why: actions.enable(officer, by=by, reason=why))


@requires("accounts.manage")
@fresh
def factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For a lost telephone: the next sign-in sets up a new one."""
    officer = get_object_or_404(Officer, pk=pk)
    words = {
        "heading": _("Hapus faktor kedua %s") % officer.username,
        "about": _(
            "Hanya bila ponsel atau kuncinya hilang, dan setelah Anda memastikan orangnya. "
            "Saat masuk lagi ia memasang yang baru."
        ),
        "button": _("Hapus faktor kedua"),
        "danger": True,
        "done": _("Faktor kedua %s dihapus; saat masuk ia memasang yang baru.") % officer.username,
    }
    act = lambda by, why: actions.forget_second_factor(officer, by=by, reason=why)  # noqa: E731
    return because(request, officer, words, act)


@requires("accounts.manage")
@fresh
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """A first password again, shown once."""
    officer = get_object_or_404(Officer, pk=pk)
    if request.method == "POST":
        given = actions.new_password(officer, by=request.user.get_username())
        return _shown_once(request, officer, given, made=False)
    return page(request, "accounts/password", officer=officer)
