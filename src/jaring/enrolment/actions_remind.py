"""Reminders to villages: letter after letter, each with its number and the figures of its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment.actions_letter import numbered
from jaring.enrolment.dues import REMINDED, STANDINGS, board
from jaring.enrolment.models_paper import Reminder
from jaring.facts.reason import refuse
from jaring.facts.region import region
from jaring.journal.actions import record
from jaring.law.reminders import ladder
from jaring.law.settings import LocalSetting

#: What a reminder keeps of the board: enough to print the letter again as it was sent.
KEPT = (
    *("desa", "kecamatan", "officials", "need_idr", "budget_idr", "short_idr", "billed_idr", "paid_idr"),
    *("overdue_months", "overdue_idr", "overdue_since", "without_payer", "unprotected", "standing"),
)


@transaction.atomic
def remind(
    desa_code: str,
    year: int,
    *,
    by: str,
    on: dt.date | None = None,
    settings: Sequence[LocalSetting] = (),
) -> Reminder:
    """The next warning letter to a desa, with its number and deadline.

    Refused: a desa that owes nothing, a second letter on one day, one before its time, one after the
    last. How many letters there are and how far apart is the office's own setting (``law.reminders``).
    """
    day = on or timezone.localdate()
    units = region(django_settings.REGION).units.filter(pl.col("code") == desa_code)
    if units.is_empty() or units["kind"][0] != "desa":
        raise refuse("bukan-desa", f"{desa_code} bukan kode desa.", "Kelurahan tidak memiliki ADD.")
    _only_one(desa_code)
    row = board(year, settings, on=day).row(by_predicate=pl.col("desa_code") == desa_code, named=True)
    _may(row, day, ladder(day, settings).last)
    level = row["next_level"]
    # A withdrawn letter keeps its number; what replaces it is another letter.
    again = Reminder.objects.filter(desa_code=desa_code, year=year, level=level).count()
    subject = f"{desa_code} {year} teguran {level}" + (f" ulang {again}" if again else "")
    reminder = Reminder.objects.create(
        desa_code=desa_code,
        year=year,
        level=level,
        date=day,
        deadline=day + dt.timedelta(days=ladder(day, settings).comply_days),
        owed={name: _plain(row[name]) for name in KEPT},
        letter=numbered("teguran", subject, date=day, by=by),
        by=by,
    )
    record(
        "enrolment.remind",
        f"{desa_code} {year}",
        by=by,
        level=level,
        overdue_idr=row["overdue_idr"],
        short_idr=row["short_idr"],
    )
    return reminder


@transaction.atomic
def withdraw(reminder_id: int, *, reason: str, by: str) -> Reminder:
    """Take the last letter to a desa back, with a reason. Its number stays used."""
    found = Reminder.objects.filter(pk=reminder_id).first()
    if found is None:
        raise refuse("teguran-tak-dikenal", "Teguran itu tidak ada.")
    _only_one(found.desa_code)
    reminder = Reminder.objects.select_for_update().get(pk=reminder_id)
    if not reason.strip():
        raise refuse("tanpa-alasan", "Alasan penarikan belum diisi.", "Tulis alasannya.")
    if reminder.withdrawn_at is not None:
        return reminder
    later = Reminder.objects.filter(
        desa_code=reminder.desa_code, year=reminder.year, level__gt=reminder.level, withdrawn_at__isnull=True
    )
    if later.exists():
        raise refuse(
            "teguran-sesudahnya-ada",
            f"Teguran ke-{reminder.level} sudah diikuti teguran yang lebih keras.",
            "Tarik dahulu teguran yang terakhir.",
        )
    reminder.withdrawn_at = timezone.now()
    reminder.withdrawn_by, reminder.withdrawn_reason = by, reason.strip()[:200]
    reminder.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(
        "enrolment.withdraw_reminder",
        f"{reminder.desa_code} {reminder.year}",
        by=by,
        level=reminder.level,
        reason=reminder.withdrawn_reason,
    )
    return reminder


def _only_one(desa_code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('enrolment.remind'), hashtext(%s))", [desa_code]
        )


def _may(row: dict[str, Any], day: dt.date, last: int) -> None:
    name = f"Desa {row['desa']}"
    if row["standing"] not in REMINDED:
        raise refuse(
            "desa-tidak-menunggak",
            f"{name}: {STANDINGS[row['standing']]}; tidak ada yang ditegurkan.",
            "Periksa papan iuran desa.",
        )
    if row["next_level"] is None:
        raise refuse(
            "teguran-habis",
            f"{name} sudah menerima teguran ke-{last}, yang terakhir.",
            "Serahkan kepada camat dan Inspektorat dengan ketiga teguran sebagai lampiran.",
        )
    if Reminder.objects.filter(desa_code=row["desa_code"], date=day).exists():
        raise refuse(
            "sudah-ditegur-hari-ini", f"{name} sudah disurati hari ini.", "Satu desa satu surat sehari."
        )
    if day < row["next_on"]:
        raise refuse(
            "teguran-terlalu-cepat",
            f"Teguran ke-{row['next_level']} kepada {name} baru boleh sejak {row['next_on']:%d-%m-%Y}.",
            "Jarak antarteguran adalah setelan kantor (reminders.jarak).",
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
