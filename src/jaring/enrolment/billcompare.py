"""One bill held against our list of its wadah and month: person by person where it names them. Reads only."""

from __future__ import annotations

import polars as pl

from jaring.enrolment.models import Bill
from jaring.tables.frames import read

#: Code → (whose list it stands on, what is said of one person). What may be recognised is ``RECOGNISED``.
CODES: dict[str, tuple[str, str]] = {
    "jumlah-beda": ("both", "ada di keduanya, iurannya berbeda"),
    "henti-belum-dijawab": ("theirs", "sudah berhenti menurut daftar kita, masih ditagih"),
    "menunggu-jawaban": ("theirs", "ada dalam SK, belum dijawab BPJS, sudah ditagih"),
    "ditahan": ("theirs", "sedang ditahan petugas, sudah ditagih"),
    "ditolak-bpjs": ("theirs", "ditolak BPJS bulan itu, tetapi ditagih"),
    "gugur": ("theirs", "bulannya sudah gugur karena menunggak, tetapi ditagih"),
    "wadah-lain": ("theirs", "bulan itu dibayar lewat wadah lain"),
    "bukan-peserta": ("theirs", "dikenal di register, tanpa bulan dalam daftar kita"),
    "orang-tak-dikenal": ("theirs", "tidak dikenal di register kita"),
    "baris-ganda": ("theirs", "ditagih dua kali dalam tagihan yang sama"),
    "mulai-kemudian": ("ours", "BPJS mencatat mulai pada bulan kemudian"),
    "henti-dijawab": ("ours", "BPJS sudah menerima permintaan henti"),
    "tidak-ditagih": ("ours", "ada di daftar kita, tidak ditagih"),
}
#: A person on their bill whose month is decreed: the bill is the insurer's word that it has them.
RECOGNISED = "menunggu-jawaban"

_LINE = {
    "person_id": pl.Int64,
    "row": pl.Int64,
    "name": pl.String,
    "code": pl.String,
    "own_idr": pl.Int64,
    "billed_idr": pl.Int64,
    "cause": pl.String,
    "event_date": pl.Date,
}


def named(bill: Bill) -> bool:
    """Whether the bill says whom it is for."""
    return bill.lines.exists()


def months(bill: Bill) -> pl.DataFrame:
    """Our months that this bill should be for: ``person_id, own_idr``; of a bill that fitted once, those
    still on it."""
    return read(
        """SELECT person_id, iuran_idr::bigint AS own_idr FROM enrolment_personmonth
            WHERE month = %(month)s AND wadah = %(wadah)s AND source_kind = 'programme'
              AND (state IN ('billed', 'unpaid', 'paid') AND bill_id = %(bill)s
                   OR state = 'enrolled' AND NOT %(fitted)s)
            ORDER BY person_id""",
        {"month": bill.month, "wadah": bill.wadah, "bill": bill.pk, "fitted": bill.state != "different"},
    )


def lines(bill: Bill) -> pl.DataFrame:
    """Everybody on either side: ``person_id, row, name`` (of their line)``, code`` (empty: alike)``, own_idr,
    billed_idr`` (0: not on it)``, cause, event_date`` (of the mutation). For a bill that names people."""
    theirs = read(
        """SELECT person_id, row::bigint AS row, name, nik_bi, iuran_idr AS billed_idr
             FROM enrolment_billline WHERE bill_id = %s ORDER BY row""",
        [bill.pk],
    )
    key = pl.coalesce(pl.col("person_id").cast(pl.String), pl.col("nik_bi").bin.encode("hex"))
    first = key.is_null() | key.is_first_distinct()
    doubled = theirs.filter(~first).with_columns(code=pl.lit("baris-ganda"))
    theirs = theirs.filter(first)
    ours = months(bill)
    both = theirs.join(ours, on="person_id", how="inner", maintain_order="left")
    both = both.with_columns(
        code=pl.when(pl.col("own_idr") != pl.col("billed_idr"))
        .then(pl.lit("jumlah-beda"))
        .otherwise(pl.lit(""))
    )
    only_theirs = theirs.join(ours, on="person_id", how="anti", maintain_order="left").join(
        _why_not_ours(bill, theirs), on="person_id", how="left", maintain_order="left"
    )
    only_theirs = only_theirs.with_columns(
        code=pl.when(pl.col("person_id").is_null())
        .then(pl.lit("orang-tak-dikenal"))
        .otherwise(pl.col("code").fill_null("bukan-peserta"))
    )
    only_ours = ours.join(theirs, on="person_id", how="anti", maintain_order="left")
    only_ours = only_ours.join(_why_not_theirs(bill), on="person_id", how="left").with_columns(
        code=pl.col("code").fill_null("tidak-ditagih")
    )
    parts = [_whole(part) for part in (only_theirs, doubled, both.filter(pl.col("code") != ""), only_ours)]
    return pl.concat([*parts, _whole(both.filter(pl.col("code") == ""))])


def fits(bills: list[Bill]) -> dict[int, bool]:
    """Of those that name people: whether they name exactly our enrolled months, each at our sum."""
    found = read(
        """WITH b AS (SELECT * FROM unnest(%s::bigint[], %s::date[], %s::text[]) AS b(id, month, wadah)),
             theirs AS (SELECT l.bill_id, l.person_id, l.iuran_idr, l.row FROM enrolment_billline l
                         WHERE l.bill_id = ANY(%s)),
             ours AS (SELECT b.id AS bill_id, m.person_id, m.iuran_idr FROM enrolment_personmonth m
                        JOIN b ON b.month = m.month AND b.wadah = m.wadah
                       WHERE m.state = 'enrolled' AND m.source_kind = 'programme'
                         AND b.id IN (SELECT bill_id FROM theirs))
           SELECT coalesce(t.bill_id, o.bill_id) AS bill_id,
                  count(*) FILTER (WHERE t.bill_id IS NULL OR o.bill_id IS NULL
                                      OR t.iuran_idr <> o.iuran_idr) AS apart,
                  count(t.row) - count(DISTINCT t.person_id) AS twice
             FROM theirs t FULL JOIN ours o ON o.bill_id = t.bill_id AND o.person_id = t.person_id
            GROUP BY 1""",
        [[b.pk for b in bills], [b.month for b in bills], [b.wadah for b in bills], [b.pk for b in bills]],
    )
    return {bill: not apart and not twice for bill, apart, twice in found.iter_rows()}


def _whole(part: pl.DataFrame) -> pl.DataFrame:
    there = part.with_columns(
        pl.lit(None, kind()).alias(name) for name, kind in _LINE.items() if name not in part.columns
    )
    return there.select(*_LINE).with_columns(
        pl.col("own_idr", "billed_idr").fill_null(0), pl.col("name", "cause").fill_null("")
    )


def _why_not_ours(bill: Bill, theirs: pl.DataFrame) -> pl.DataFrame:
    """``person_id, code, own_idr, cause, event_date`` of those on it who have some other month of ours."""
    people = theirs["person_id"].drop_nulls().unique().to_list()
    return read(
        """SELECT DISTINCT ON (m.person_id) m.person_id,
                  CASE WHEN m.wadah <> %(wadah)s AND m.state = ANY('{enrolled,billed,unpaid,paid}')
                         OR m.source_kind <> 'programme' THEN 'wadah-lain'
                       WHEN m.wadah <> %(wadah)s THEN NULL
                       WHEN m.state = 'decreed' AND z.person_id IS NOT NULL THEN 'ditahan'
                       WHEN m.state = 'decreed' THEN 'menunggu-jawaban'
                       WHEN m.state = 'rejected' THEN 'ditolak-bpjs'
                       WHEN m.state = 'lapsed' THEN 'gugur'
                       WHEN m.state IN ('stopped', 'replaced') THEN 'henti-belum-dijawab' END AS code,
                  CASE WHEN m.state = 'decreed' AND m.wadah = %(wadah)s THEN m.iuran_idr::bigint
                       ELSE 0 END AS own_idr,
                  m.reason AS cause, u.event_date
             FROM enrolment_personmonth m
             LEFT JOIN enrolment_mutation u ON u.id = m.mutation_id
             LEFT JOIN enrolment_open_pauses() z
                    ON z.person_id = m.person_id AND z.from_month <= m.month
            WHERE m.month = %(month)s AND m.person_id = ANY(%(people)s)
              AND NOT (m.wadah = %(wadah)s AND m.state IN ('enrolled', 'billed', 'unpaid', 'paid'))
            ORDER BY m.person_id, (m.wadah <> %(wadah)s), m.id DESC""",
        {"month": bill.month, "wadah": bill.wadah, "people": people},
    ).filter(pl.col("code").is_not_null())


def _why_not_theirs(bill: Bill) -> pl.DataFrame:
    """``person_id, code``: what the last answer says of people of this wadah whom it does not bill."""
    return read(
        """SELECT person_id, CASE WHEN action = 'HENTI' THEN 'henti-dijawab' ELSE 'mulai-kemudian' END AS code
             FROM (SELECT DISTINCT ON (person_id) person_id, action, started FROM enrolment_batchline
                    WHERE wadah = %s AND state = 'succ' ORDER BY person_id, batch_id DESC) l
            WHERE action = 'HENTI' OR started > %s""",
        [bill.wadah, bill.month],
    )
