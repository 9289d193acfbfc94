"""Warning letters: several looked at and sent at once, printed again, taken back."""

from __future__ import annotations

import io
import zipfile

import polars as pl
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.decide.local import settings as local_settings
from jaring.desk.forms import Because
from jaring.desk.frame import PDF, attachment, page, units
from jaring.desk.pages.dues.views import remindable, rows_of, shown, year_of
from jaring.desk.saying import dotted, said
from jaring.enrolment import dues_history, paperwork_warning
from jaring.enrolment.actions_remind import withdraw
from jaring.enrolment.actions_remind_many import remind_many
from jaring.enrolment.models_paper import Reminder
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.officers.access import requires
from jaring.officers.scope import acting

_RIGHT = "village.remind"


@require_POST
@requires(_RIGHT)
def many(request: HttpRequest) -> HttpResponse:
    """First the letters as they would go out; then, once confirmed, out they go."""
    day = timezone.localdate()
    codes = request.POST.getlist("desa")
    year = year_of(day)
    rows = rows_of(year, day).filter(pl.col("desa_code").is_in(codes) & remindable(day))
    if rows.is_empty():
        messages.warning(request, _("Tandai dahulu desa yang dapat disurati hari ini."))
        return redirect("dues")
    if request.POST.get("langkah") != "terbitkan":
        listed = [shown(row, day) for row in rows.iter_rows(named=True)]
        return page(request, "dues/check", rows=listed, today=day)
    with acting(request.scope, _RIGHT):  # type: ignore[attr-defined]
        sent, refused = remind_many(
            rows["desa_code"].to_list(),
            year,
            by=request.user.get_username(),
            on=day,
            settings=local_settings(),
        )
    for fault in refused:
        messages.warning(request, f"{said(fault.sentence)} {said(fault.mend)}")
    if not sent:
        return redirect("dues")
    messages.success(request, _("%s surat teguran terbit dan dinomori.") % dotted(len(sent)))
    return redirect(f"{reverse('dues_letters')}?{urlencode([('surat', one.pk) for one in sent])}")


def _asked(request: HttpRequest) -> list[Reminder]:
    keys = [int(k) for k in request.GET.getlist("surat") if k.isascii() and k.isdigit() and len(k) < 15]
    return dues_history.letters(keys)


@requires(_RIGHT)
def papers(request: HttpRequest) -> HttpResponse:
    """Letters just issued: one file each, or all in one ZIP."""
    letters = _asked(request)
    if request.GET.get("zip") and letters:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for one in letters:
                archive.writestr(_name(one), _pdf(one))
        return attachment(f"teguran-{timezone.localdate()}.zip", packed.getvalue(), "application/zip")
    rows = [(one, units().get(one.desa_code, {}).get("name", one.desa_code)) for one in letters]
    return page(request, "dues/letters", rows=rows, query=request.GET.urlencode())


def _name(one: Reminder) -> str:
    return f"teguran-{one.level}-{one.desa_code}-{one.date}.pdf"


def _pdf(one: Reminder) -> bytes:
    return paperwork_warning.warning(one, region(settings.REGION), settings=local_settings())


@requires(_RIGHT)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter as PDF, the same bytes as when it was sent."""
    one = get_object_or_404(Reminder.objects.select_related("letter"), pk=pk)
    return attachment(_name(one), _pdf(one), PDF)


@requires(_RIGHT)
def withdraw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The last letter taken back, with its reason."""
    one = get_object_or_404(Reminder, pk=pk)
    if one.withdrawn_at is not None:
        raise Http404
    form = Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(one.pk, reason=form.cleaned_data["reason"], by=request.user.get_username())
        except Refused as fault:
            form.refused(fault)
        else:
            messages.success(request, _("Surat teguran ditarik; nomornya tetap terpakai."))
            return redirect("dues_village", desa=one.desa_code)
    name = units().get(one.desa_code, {}).get("name", one.desa_code)
    return page(request, "dues/withdraw", form=form, one=one, name=name)
