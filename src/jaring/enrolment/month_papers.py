"""The papers of a month for those who read them: decrees, batches, answers, refusals. Reads only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from jaring.enrolment import wadah
from jaring.enrolment.models import Answer, Batch, BatchLine, Decree
from jaring.enrolment.refusals import MENDABLE, reason
from jaring.facts.month import Month
from jaring.facts.region import Region
from jaring.law import funding as law_funding
from jaring.tables.frames import read

STATES = {
    "draft": "menunggu persetujuan",
    "approved": "disetujui",
    "withdrawn": "ditarik",
    "refused": "ditolak",
}
LINES = {"rcvd": "belum dijawab", "pdng": "ditunda", "succ": "diterima", "rjct": "ditolak"}


def decrees(month: Month) -> list[Decree]:
    """Every decree of a month, the newest first."""
    return list(Decree.objects.filter(month=month.first).order_by("-pk"))


def batches(month: Month) -> QuerySet[Batch]:
    """Every batch of a month."""
    return Batch.objects.filter(month=month.first)


def batch_sums(month: Month) -> list[dict[str, Any]]:
    """``state, title, batches, people, iuran_idr`` of a month."""
    found = read(
        """SELECT state, count(*) AS batches, sum(people)::bigint AS people,
                  sum(iuran_idr)::bigint AS iuran_idr
             FROM enrolment_batch WHERE month = %s GROUP BY state ORDER BY state""",
        [month.first],
    )
    return [{**row, "title": STATES[row["state"]]} for row in found.to_dicts()]


def refusals(month: Month, batch: Batch | None = None) -> list[dict[str, Any]]:
    """``code, sentence, mend, mendable, people, mended`` of a month's refused lines, the commonest first."""
    found = read(
        """SELECT l.code, count(*) AS people, count(*) FILTER (WHERE l.mended) AS mended
             FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
            WHERE b.month = %s AND l.state = 'rjct' AND (%s::bigint IS NULL OR b.id = %s::bigint)
            GROUP BY l.code ORDER BY people DESC, l.code""",
        [month.first, batch.pk if batch else None, batch.pk if batch else None],
    )
    return [
        {
            **row,
            "sentence": reason(row["code"]).sentence,
            "mend": reason(row["code"]).mend,
            "mendable": row["code"] in MENDABLE,
        }
        for row in found.to_dicts()
    ]


def answers(month: Month) -> list[Answer]:
    """Answers that speak of this month's batches, the newest first."""
    numbers = batches(month).values("number")
    return list(Answer.objects.filter(batch_number__in=numbers).order_by("-pk")[:200])


def lines(batch: Batch) -> list[tuple[str, int]]:
    """How many lines of a batch stand how, in words."""
    found = read(
        "SELECT state, count(*) AS n FROM enrolment_batchline WHERE batch_id = %s GROUP BY state", [batch.pk]
    )
    counted = dict(found.iter_rows())
    return [(title, counted.get(state, 0)) for state, title in LINES.items()]


def refused_lines(batch: Batch) -> QuerySet[BatchLine]:
    """The lines of a batch that were refused."""
    return BatchLine.objects.filter(batch=batch, state="rjct")


def by_source(decree: Decree) -> list[dict[str, Any]]:
    """``source, name, people, months, total_idr`` of a decree."""
    found = read(
        """SELECT source, count(*) AS people, sum(cardinality(prices_idr))::bigint AS months,
                  sum((SELECT sum(p) FROM unnest(prices_idr) p))::bigint AS total_idr
             FROM enrolment_decreeline WHERE decree_id = %s GROUP BY source ORDER BY total_idr DESC""",
        [decree.pk],
    )
    known = law_funding.sources()
    return [
        {**row, "name": law_funding.source(row["source"]).name if row["source"] in known else row["source"]}
        for row in found.to_dicts()
    ]


def by_kecamatan(decree: Decree, region: Region) -> list[dict[str, Any]]:
    """``name, people, total_idr`` of a decree."""
    found = read(
        """SELECT p.kecamatan_code AS code, count(*) AS people,
                  sum((SELECT sum(x) FROM unnest(l.prices_idr) x))::bigint AS total_idr
             FROM enrolment_decreeline l JOIN people_person p ON p.id = l.person_id
            WHERE l.decree_id = %s GROUP BY 1 ORDER BY 1""",
        [decree.pk],
    )
    named = dict(region.kecamatan.iter_rows())
    return [{**row, "name": named.get(row["code"], "Belum diketahui")} for row in found.to_dicts()]


def named(codes: list[str], region: Region) -> dict[str, str]:
    """What people call each wadah."""
    return wadah.names(codes, region)


def sent_back(maker: str) -> list[tuple[Month, int]]:
    """Months with papers of this maker that were refused and that nothing newer has replaced."""
    found = read(
        """SELECT month, count(*) AS n FROM (
             SELECT d.month FROM enrolment_decree d WHERE d.made_by = %(by)s AND d.state = 'refused'
                AND NOT EXISTS (SELECT 1 FROM enrolment_decree x WHERE x.month = d.month AND x.id > d.id)
             UNION ALL
             SELECT b.month FROM enrolment_batch b WHERE b.made_by = %(by)s AND b.state = 'refused'
                AND NOT EXISTS (SELECT 1 FROM enrolment_batch x
                                 WHERE x.month = b.month AND x.wadah = b.wadah AND x.id > b.id)) m
            GROUP BY month ORDER BY month""",
        {"by": maker},
    )
    return [(Month.of(month), n) for month, n in found.iter_rows()]
