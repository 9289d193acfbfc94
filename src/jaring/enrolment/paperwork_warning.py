"""What a warning letter to a desa says, from the figures it was sent with. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jaring.enrolment import letters, series
from jaring.enrolment.models_paper import Reminder
from jaring.enrolment.paperwork_village import place
from jaring.facts.region import Region
from jaring.law.dated import Law
from jaring.law.settings import LocalSetting
from jaring.law.wording import CONFIDENCE, content

#: What the letter cites, and how: the instrument's own words, or the value in a sentence.
_CITED = (
    ("mandate.uu_24_2011", "{}"),
    ("mandate.uu_3_2024", "{}"),
    ("funding.add.segmen", "boleh dibayar dari ADD: {}"),
    ("mandate.se_bupati_2026", "{}"),
)
#: Only where bills are late.
_LATE = (
    ("penalty.denda", "denda {} dari iuran yang belum dibayar untuk setiap bulan keterlambatan"),
    (
        "arrears.ditenggang_pu",
        "lewat {} berturut-turut, pemberi kerja membayar dahulu manfaat pekerjanya yang mengalami musibah",
    ),
)


def warning(
    reminder: Reminder, region: Region, out: Path | None = None, settings: Sequence[LocalSetting] = ()
) -> bytes:
    """The letter as PDF: the same bytes whenever it is printed again."""
    return letters.render("teguran", warning_data(reminder, region, settings), out)


def warning_data(reminder: Reminder, region: Region, settings: Sequence[LocalSetting] = ()) -> dict[str, Any]:
    """The data of the letter. Only sums and counts; the desa's own people stand in its own lists."""
    owed = reminder.owed
    earlier = Reminder.objects.filter(
        desa_code=reminder.desa_code,
        year=reminder.year,
        level__lt=reminder.level,
        withdrawn_at__isnull=True,
    ).order_by("level")
    cited = _CITED + (_LATE if owed["overdue_idr"] else ())
    return {
        **owed,
        **place(reminder.desa_code, region),
        "region": region.name,
        "office": region.village_office,
        "branch": region.branch,
        "labour_office": region.office,
        "place": region.seat,
        "short": region.short,
        "date": reminder.date.isoformat(),
        "number": series.written(reminder.letter),
        "level": reminder.level,
        "year": reminder.year,
        "deadline": reminder.deadline.isoformat(),
        "words": letters.in_words(owed["overdue_idr"] or owed["short_idr"]),
        "withdrawn": reminder.withdrawn_at is not None,
        "earlier": [
            {"level": one.level, "number": series.written(one.letter), "date": one.date.isoformat()}
            for one in earlier
        ],
        "basis": _basis(cited, reminder, settings),
        "signer": {"title": f"Kepala {region.village_office}"},
    }


def _basis(
    cited: Sequence[tuple[str, str]], reminder: Reminder, settings: Sequence[LocalSetting]
) -> list[dict[str, str]]:
    """What held on the day of the letter, each with how well it is known."""
    law = Law(settings)
    found = [(law.on(key, reminder.date), text) for key, text in cited]
    return [
        {
            "article": one.dated.article,
            "says": text.format(content(one.value, one.unit)),
            "confidence": "setelan kantor" if one.setting else CONFIDENCE[one.dated.confidence],
        }
        for one, text in found
        if one is not None
    ]
