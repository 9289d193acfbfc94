"""What the papers of a desa say: the list for its meeting, its cards, their hand-over. Reads only.

No NIK and no birth date stands in any of them. Namesakes of a desa are told apart by their year of birth.
"""

from __future__ import annotations

from typing import Any

import polars as pl
import segno

from jaring.enrolment import cardcode, cards
from jaring.enrolment.claim_guide import guide
from jaring.enrolment.policy import STATES
from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.facts.region import Region
from jaring.law.loader import concept, group
from jaring.law.reasons import reason
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read

#: The months before which a standing decision is too old to be put before a meeting.
_WITHOUT_MONTH = "menunggu dana"


def place(desa_code: str, region: Region) -> dict[str, str]:
    """How letters name a desa or kelurahan. Refused when the region has none of that code."""
    found = region.units.filter(pl.col("code") == desa_code)
    if found.is_empty():
        raise refuse("desa-tak-dikenal", f"{desa_code} bukan kode desa.", "Pilih desanya dari daftar.")
    row = found.row(0, named=True)
    kind = "Desa" if row["kind"] == "desa" else "Kelurahan"
    return {"kind": kind, "desa": f"{kind} {row['name']}", "kecamatan": row["kecamatan"]}


def meeting(desa_code: str, month: Month, region: Region) -> dict[str, Any]:
    """The list that a village meeting goes through: by segment, who stands how, room for its decision."""
    rows = _decided(desa_code, month)
    if rows.is_empty():
        raise refuse(
            "tanpa-daftar",
            f"Belum ada orang desa ini yang diperiksa untuk {month.name}.",
            "Kirim daftar desa lebih dahulu.",
        )
    titles = {s: concept(f"segments.{s}").title for s in group("segments")}
    eligible = rows.filter("eligible").with_columns(
        label=pl.col("segment").replace_strict(titles, default="Lainnya")
    )
    segments, number = [], 0
    for (label,), part in sorted(eligible.partition_by("label", as_dict=True).items()):
        listed = []
        for row in part.iter_rows(named=True):
            number += 1
            listed.append([str(number), row["shown"], row["code"], _standing(row["state"])])
        segments.append({"name": str(label), "rows": listed})
    said = rows.filter(~pl.col("eligible")).partition_by("reason", as_dict=True)
    others = [
        {"reason": reason(str(code)).sentence, "names": part.select("shown", "code").rows()}
        for (code,), part in sorted(said.items(), key=lambda item: -item[1].height)
    ]
    return {
        **place(desa_code, region),
        "month": month.first.isoformat(),
        "people": eligible.height,
        "protected": eligible.filter(pl.col("state") == "paid").height,
        "segments": segments,
        "others": others,
    }


def _decided(desa_code: str, month: Month) -> pl.DataFrame:
    """Who was decided on for the month and stands in some list as more than a resident."""
    rows = read(
        """SELECT left(p.public_id::text, 8) AS code,
                  coalesce(nullif(btrim(p.name), ''), '(tanpa nama)') AS name,
                  extract(year FROM p.birth_date)::int AS born, d.segment, d.eligible, d.reason, m.state
             FROM people_person p JOIN decide_decision d
               ON d.person_id = p.id AND d.month = %(month)s AND d.superseded_at IS NULL
             LEFT JOIN (SELECT DISTINCT ON (o.person_id) o.person_id, o.state
                    FROM enrolment_personmonth o JOIN people_person q ON q.id = o.person_id
                   WHERE o.month = %(month)s AND o.source_kind = 'programme' AND q.desa_code = %(desa)s
                   ORDER BY o.person_id, o.state = 'paid' DESC, o.id DESC) m ON m.person_id = p.id
            WHERE p.desa_code = %(desa)s AND p.merged_into_id IS NULL
              AND (d.eligible OR cardinality(d.segments) > 0)
            ORDER BY p.name, p.public_id""",
        {"month": month.first, "desa": desa_code},
    )
    return _told_apart(rows)


def _told_apart(rows: pl.DataFrame) -> pl.DataFrame:
    """``shown``: the name, with the year of birth where another of the same list has the same name."""
    twice = pl.len().over("name") > 1
    return rows.with_columns(
        shown=pl.when(twice & pl.col("born").is_not_null())
        .then(pl.format("{} ({})", "name", "born"))
        .otherwise("name")
    )


def _standing(state: str | None) -> str:
    return STATES[state].title if state in STATES else _WITHOUT_MONTH


def card_sheet(
    desa_code: str,
    region: Region,
    *,
    address: str,
    on: Month,
    newest: bool = False,
    settings: tuple[LocalSetting, ...] = (),
) -> dict[str, Any]:
    """The cards of a desa, ten to a page, or only those made last. ``address``: of the site."""
    rows = _in_force(desa_code, newest=newest)
    here = place(desa_code, region)
    return {
        **here,
        "branch": region.branch,
        "address": shown_address(address),
        "death_idr": guide(on.first, settings).death_idr,
        "cards": [
            {
                "name": row["name"],
                "code": cardcode.grouped(row["code"]),
                "qr": drawn(f"{address}/k/{row['code']}"),
            }
            for row in rows.iter_rows(named=True)
        ],
    }


def hand_over(desa_code: str, region: Region) -> dict[str, Any]:
    """Who received which card: the last signs of the code only, and room to sign."""
    rows = _told_apart(_in_force(desa_code))
    return {
        **place(desa_code, region),
        "rows": [
            [str(number), row["shown"], cardcode.tail(row["code"])]
            for number, row in enumerate(rows.iter_rows(named=True), start=1)
        ],
    }


def _in_force(desa_code: str, *, newest: bool = False) -> pl.DataFrame:
    rows = cards.in_force(desa_code, newest=newest)
    if rows.is_empty():
        raise refuse("tanpa-kartu", "Belum ada kartu bagi desa ini.", "Buat kartunya lebih dahulu.")
    return rows


def shown_address(address: str) -> str:
    """An address as people type it: without ``https://``."""
    return address.partition("://")[2] or address


def drawn(text: str) -> str:
    """A QR code as a drawing; a quarter of it may be dirty or torn."""
    inline = segno.make(text, error="q", micro=False).svg_inline(border=0, svgclass=None, lineclass=None)
    # Alone in a file a drawing must name its own language.
    return inline.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
