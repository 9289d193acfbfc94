"""The rows behind a figure as a file that can be counted again; who took it stands in the journal."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from jaring.coverage import behind
from jaring.coverage.models import Figure
from jaring.journal.actions import record
from jaring.people.models import Person
from jaring.tables.frames import read


@transaction.atomic
def take_rows(figure: Figure, seen: QuerySet[Person], *, by: str) -> bytes:
    """CSV of the person-months of the numerator whose person is among ``seen``.

    People stand in it by code, so that it can be counted, added up and compared with the papers without
    carrying anybody's name away; a code leads to its person on the site.
    """
    keys = behind.months(figure).filter(person_id__in=seen.values("pk")).values_list("pk", flat=True)
    rows = read(
        """SELECT m.id AS bulan_orang, left(p.public_id::text, 8) AS kode_orang, p.desa_code AS kode_desa,
                  p.sex AS jenis_kelamin, to_char(m.month, 'YYYY-MM') AS bulan, m.state AS keadaan,
                  m.segment AS segmen, m.source AS pembayar, m.wadah, m.iuran_idr::bigint AS iuran_idr,
                  y.kind AS jenis_dokumen, y.number AS nomor_dokumen, y.date AS tanggal_dokumen
             FROM enrolment_personmonth m JOIN people_person p ON p.id = m.person_id
             LEFT JOIN enrolment_payment y ON y.id = m.payment_id
            WHERE m.id = ANY(%s) ORDER BY m.id""",
        [list(keys)],
    )
    record(
        "coverage.take_rows",
        f"angka {figure.pk}",
        by=by,
        ukuran=figure.measure,
        dimensi=figure.dimension,
        kode=figure.code,
        baris=rows.height,
        iuran_idr=int(rows["iuran_idr"].sum()),
    )
    return rows.write_csv(date_format="%Y-%m-%d").encode()
