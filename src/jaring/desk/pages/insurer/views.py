"""What there is to fetch: the approved batches of a month, a clean file each."""

from __future__ import annotations

import io
import zipfile

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from jaring.desk.frame import XLSX, attachment, page
from jaring.desk.paging import keyset
from jaring.enrolment import answering, wadah
from jaring.enrolment.actions_fetch import fetch_batch, fetch_month
from jaring.enrolment.models import Batch
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.officers.access import fresh, requires
from jaring.officers.scope import acting, counting


def asked_month(request: HttpRequest, months: list[Month]) -> Month | None:
    """The month of the address when it is one of these, else the newest of them."""
    try:
        asked = Month.parse(request.GET.get("bulan", ""))
    except ValueError:
        asked = None
    return asked if asked in months else (months[0] if months else None)


@requires("batch.fetch")
def batches(request: HttpRequest) -> HttpResponse:
    """Batches by wadah with their control totals: fetched or not, answered how far."""
    months = answering.months()
    month = asked_month(request, months)
    if month is None:
        return page(request, "insurer/batches", month=None)
    found = answering.approved(month)
    with counting():
        whole = answering.standing(month)
        if request.GET.get("lihat") in {"unfetched", "unanswered"}:
            found = found.filter(pk__in=whole[request.GET["lihat"]])
        slice_ = keyset(found, request, order="number")
        rows = answering.progress(slice_.rows)
    names = wadah.names([row["batch"].wadah for row in rows], region(settings.REGION))
    return page(
        request,
        "insurer/batches",
        month=month,
        months=months,
        slice=slice_,
        whole=whole,
        shown=request.GET.get("lihat", ""),
        rows=[{**row, "name": names[row["batch"].wadah]} for row in rows],
    )


@require_POST
@requires("batch.fetch")
@fresh
def batch_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of one batch; several, above the rows that the insurer takes in one, come as one ZIP."""
    with acting(request.scope, "batch.fetch"):  # type: ignore[attr-defined]
        batch = get_object_or_404(Batch, pk=pk, state="approved")
        made = fetch_batch(batch, region(settings.REGION), by=request.user.get_username())
    if len(made) == 1:
        answer = attachment(*made[0], XLSX)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return _packed(f"batch-{batch.number}.zip", made)


@require_POST
@requires("batch.fetch")
@fresh
def month_files(request: HttpRequest, month: str) -> HttpResponse:
    """Every approved batch of a month in one ZIP."""
    found = next((one for one in answering.months() if str(one) == month), None)
    if found is None:
        raise Http404
    with acting(request.scope, "batch.fetch"):  # type: ignore[attr-defined]
        made = fetch_month(found, region(settings.REGION), by=request.user.get_username())
    return _packed(f"berkas-kirim-{found}.zip", made)


def _packed(name: str, made: list[tuple[str, bytes]]) -> HttpResponse:
    packed = io.BytesIO()
    # Workbooks are packed already.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for inside, content in made:
            archive.writestr(inside, content)
    answer = attachment(name, packed.getvalue(), "application/zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer
