"""Months that the insurer's own list shows as active: paid by whom it names, that list behind them."""

from __future__ import annotations

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment.holding import held
from jaring.enrolment.models import Payment
from jaring.enrolment.policy import CLAIMS
from jaring.journal.actions import record
from jaring.tables.frames import indexes_aside, read

_COLUMNS = {
    "person_id": pl.Int64(),
    "month": pl.Date(),
    "source": pl.String(),
    "segment": pl.String(),
    "kind": pl.String(),
    "programmes": pl.String(),
    "document": pl.String(),
}


@transaction.atomic
def observe_cover(frame: pl.DataFrame, *, by: str) -> dict[str, int]:
    """Keep observed months: ``person_id, month, source, segment, kind, programmes, document`` (its sha256).

    A month that we already claim for the person is left as it is: ``already_claimed``. ``known``: the
    same month was observed before. ``orang``: new ones.
    """
    told = frame.select(
        pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind).alias(name)
        for name, kind in _COLUMNS.items()
    ).unique(["person_id", "month"], keep="first", maintain_order=True)
    counts = {"orang": 0, "known": 0, "already_claimed": 0}
    if told.is_empty():
        return counts
    papers = {
        document: Payment.objects.get_or_create(
            kind="insurer_list",
            number=document[:80],
            defaults={
                "date": timezone.localdate(),
                "amount_idr": 0,
                "document": f"sha256 {document}",
                "by": by,
            },
        )[0].pk
        for document in told["document"].unique().drop_nulls().sort()
    }
    rows = told.with_columns(
        pl.col("source").fill_null("lainnya"),
        pl.col("segment").fill_null("lainnya"),
        pl.col("kind").fill_null("bpu"),
        pl.col("programmes").fill_null("jkk+jkm"),
        payment_id=pl.col("document").replace_strict(papers, return_dtype=pl.Int64),
    )
    with held("observed", rows.drop("document")), connection.cursor() as cursor:
        before = dict(
            read(
                """SELECT m.source_kind, count(*) AS n FROM enrolment_personmonth m
                     JOIN observed o ON o.person_id = m.person_id AND o.month = m.month
                    WHERE m.state = ANY(%s) GROUP BY 1""",
                [list(CLAIMS)],
            ).iter_rows()
        )
        with indexes_aside("enrolment_personmonth", rows.height):
            cursor.execute(
                """INSERT INTO enrolment_personmonth (person_id, month, state, source, source_kind, wadah,
                                                      kind, programmes, segment, iuran_idr, payment_id)
                   SELECT person_id, month, 'paid', left(source, 12), 'insurer_list', '', left(kind, 5),
                          left(programmes, 20), left(segment, 30), 0, payment_id
                     FROM observed o
                    WHERE NOT EXISTS (SELECT 1 FROM enrolment_personmonth m WHERE m.person_id = o.person_id
                                         AND m.month = o.month AND m.state = ANY(%s))
                    ORDER BY person_id ON CONFLICT DO NOTHING""",
                [list(CLAIMS)],
            )
            counts["orang"] = int(cursor.rowcount)
    counts["known"] = int(before.get("insurer_list", 0))
    counts["already_claimed"] = int(before.get("programme", 0))
    if counts["orang"]:
        record("enrolment.observe_cover", f"{len(papers)} daftar", by=by, **counts)
    return counts
