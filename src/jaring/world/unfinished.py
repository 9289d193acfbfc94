"""What a demo leaves to be done, so that each of its officers finds work waiting.

One desa's bill stays unpaid; its operator has reported a death with a photograph of the paper and holds the
cards of its people, to be printed; a long list of people waits for a second person.
"""

from __future__ import annotations

import datetime as dt
import io
import uuid

from PIL import Image, ImageDraw, ImageFont

from jaring.facts.month import Month
from jaring.facts.region import Region
from jaring.tables.frames import read

OPERATOR, MAKER = "desa.1", "disnaker"
_KEY = uuid.uuid5(uuid.NAMESPACE_URL, "jaring:peragaan:meninggal")
_PAPER = (
    "PEMERINTAH DESA {desa}",
    "",
    "SURAT KETERANGAN KEMATIAN",
    "Nomor 474.3/112/IV/2026 (rekaan)",
    "",
    "Nama     : {name}",
    "Meninggal: {day}",
    "Sebab    : sakit",
    "",
    "Kepala Desa {desa}",
    "(tanda tangan dan cap rekaan)",
)


def wadah(region: Region) -> str:
    """The wadah that the demo's treasury leaves unpaid: the purse of the first operator's desa."""
    return f"SD-ADD-{_desa(region)['code']}"


def leave(month: Month, region: Region) -> None:
    """Make what waits. Run again, it changes nothing."""
    from jaring.enrolment.actions_card import make_cards
    from jaring.enrolment.actions_report import report
    from jaring.officers.actions_export import ask
    from jaring.officers.models import Export

    person = read(
        """SELECT m.person_id, p.name FROM enrolment_personmonth m JOIN people_person p ON p.id = m.person_id
            WHERE m.month = %s AND m.wadah = %s AND m.state IN ('billed', 'unpaid')
            ORDER BY p.birth_date, p.id LIMIT 1""",
        [month.first, wadah(region)],
    )
    if person.height:
        day = month.first + dt.timedelta(days=17)
        photo = _photo(person["name"][0], _desa(region)["name"], day)
        report(
            _KEY,
            person["person_id"][0],
            "MENINGGAL",
            day,
            by=OPERATOR,
            note="Surat dari kepala desa terlampir; ahli waris sudah menghubungi kantor desa.",
            photo=photo,
        )
    make_cards(_desa(region)["code"], by=OPERATOR, on=month.last)
    people = read("SELECT count(*) AS n FROM people_person WHERE merged_into_id IS NULL")["n"][0]
    if people and not Export.objects.filter(kind="orang").exists():
        ask(
            "orang",
            {"month": str(month)},
            people,
            "Bahan rapat koordinasi cakupan semester pertama dengan para camat",
            by=MAKER,
        )


def _desa(region: Region) -> dict[str, str]:
    return region.units.filter(kind="desa").row(0, named=True)


def _photo(name: str, desa: str, day: dt.date) -> bytes:
    """A sheet of paper on a table, as a telephone would take it; everything on it is invented."""
    table = Image.new("RGB", (900, 1100), "#8b6b4a")
    sheet = Image.new("RGB", (720, 900), "#fbf8f0")
    pen = ImageDraw.Draw(sheet)
    for line, text in enumerate(_PAPER):
        said = text.format(name=name, desa=desa.upper(), day=day.strftime("%d-%m-%Y"))
        pen.text((60, 70 + line * 62), said, fill="#222", font=ImageFont.load_default(30))
    table.paste(sheet.rotate(2, expand=True, fillcolor="#8b6b4a"), (70, 80))
    out = io.BytesIO()
    table.save(out, "JPEG", quality=80)
    return out.getvalue()
