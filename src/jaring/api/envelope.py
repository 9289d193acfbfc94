"""A batch as a G2P Connect message, and the answer as one; pure, from and to the columns of the files.

One envelope for both directions: header with control count, message with one ``reference_id`` a person,
status ``rcvd | pdng | succ | rjct`` with a reason code (G2P Connect and SPDCI specifications, 1.0.0).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import polars as pl

from jaring.api.shapes import Enrolment, EnrolmentEnvelope, EnrolmentMessage, Header, OutcomeEnvelope
from jaring.enrolment import papers
from jaring.facts.reason import refuse

_ACTIONS: dict[str, Literal["add", "continue", "terminate"]] = {
    "TAMBAH": "add",
    "TERUS": "continue",
    "HENTI": "terminate",
}
_STATUS = {"succ": "DITERIMA", "rjct": "DITOLAK", "pdng": "DITUNDA"}


def of_batch(totals: dict[str, str], people: pl.DataFrame, sender: str, at: dt.datetime) -> EnrolmentEnvelope:
    """The message of one batch. ``people``: the columns of its file; ``totals``: its control row."""
    number = totals["NOMOR BATCH"]
    enrolments = [_enrolment(row) for row in people.iter_rows(named=True)]
    return EnrolmentEnvelope(
        header=Header(
            message_id=number,
            message_ts=at,
            action="enrol",
            sender_id=sender,
            receiver_id="bpjs-ketenagakerjaan",
            total_count=len(enrolments),
        ),
        message=EnrolmentMessage(
            transaction_id=number,
            wadah=totals["WADAH"],
            wadah_name=totals["NAMA WADAH"],
            source=totals["SUMBER"],
            total_iuran_idr=sum(one.iuran_idr for one in enrolments),
            enrolments=enrolments,
        ),
    )


def _enrolment(row: dict[str, Any]) -> Enrolment:
    base = row["UPAH ATAU DASAR"]
    return Enrolment(
        reference_id=row["REFERENSI"],
        action=_ACTIONS[row["JENIS"]],
        nik=row["NIK"],
        name=row["NAMA"],
        birth_date=row["TANGGAL LAHIR"],
        sex=row["JENIS KELAMIN"],
        desa=row["DESA"],
        kecamatan=row["KECAMATAN"],
        programmes=row["PROGRAM"],
        base_idr=int(base) if base else None,
        iuran_idr=int(row["IURAN"]),
        start_month=row["BULAN MULAI"],
    )


def answer_sheets(envelope: OutcomeEnvelope) -> dict[str, pl.DataFrame]:
    """The two sheets that the answer would have as a workbook, so that one reader checks both.

    ``rcvd`` says only that a line arrived: it is left out and stays open. Refused when the header's
    count is not the number of lines.
    """
    outcomes = envelope.message.outcomes
    if envelope.header.total_count != len(outcomes):
        raise refuse(
            "kendali-jawaban",
            f"total_count {envelope.header.total_count} tidak sama dengan {len(outcomes)} baris outcomes.",
            "Kirim ulang pesan dengan jumlah yang benar; tidak ada yang diambil.",
        )
    said = [one for one in outcomes if one.status in _STATUS]
    rows = [
        (
            one.reference_id,
            _STATUS[one.status],
            one.status_reason_code.removeprefix("rjct.").upper(),
            one.status_reason_message,
            one.start_month,
        )
        for one in said
    ]
    counts = [sum(one.status == status for one in said) for status in _STATUS]
    totals = (envelope.message.transaction_id, str(len(said)), *map(str, counts))
    return {
        "jawaban": pl.DataFrame(rows, schema=dict.fromkeys(papers.ANSWER, pl.String), orient="row"),
        "kendali": pl.DataFrame(
            [totals], schema=dict.fromkeys(papers.ANSWER_TOTALS, pl.String), orient="row"
        ),
    }
