"""What goes through the door, field by field."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

MonthText = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


class Refusal(Schema):
    """Why nothing was done."""

    code: str = ""
    detail: str
    mend: str = ""


class RosterOut(Schema):
    """A list as received. ``rows_in = accepted + quarantined``, always."""

    id: int
    sha256: str
    file_name: str
    office: str
    kind: str
    received_at: dt.datetime
    as_of: dt.date | None
    rows_in: int
    accepted: int
    quarantined: int


class ProblemOut(Schema):
    """What was found in one row, in words, and how to mend it. Never the content of the cell."""

    sheet: str
    row_no: int | None
    column: str
    severity: str
    code: str
    sentence: str
    mend: str


class Problems(Schema):
    """One page of problems; ``after`` begins the next one."""

    problems: list[ProblemOut]
    after: int | None


class BatchOut(Schema):
    """An approved batch of one wadah and month."""

    number: str
    month: MonthText
    wadah: str
    source: str
    follows: bool
    people: int
    iuran_idr: int
    answered: int = Field(description="baris yang sudah dijawab BPJS")


class FigureOut(Schema):
    """A published figure with its definitions; a share is never given without them."""

    measure: str
    month: MonthText
    dimension: str
    code: str
    label: str
    numerator: int
    numerator_definition: str
    denominator: int | None
    denominator_definition: str
    as_of: dt.date
    source: str


class WorkOut(Schema):
    """Work that goes on after the answer: ask for it again at ``/works/{key}`` until it has ended.

    ``counts`` say what a work that is ``done`` came to; of an answer ``held`` are files whose totals
    contradict their lines. ``code`` and ``mend`` say why one has ``failed``; then nothing was stored.
    """

    key: str
    kind: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int
    of: int
    sentence: str
    code: str
    mend: str
    roster: int | None
    counts: dict[str, int]
    started_at: dt.datetime
    ended_at: dt.datetime | None


class Header(Schema):
    """Header of a G2P Connect message. ``total_count``: of the items, checked before anything moves."""

    version: Literal["1.0.0"] = "1.0.0"
    message_id: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    message_ts: dt.datetime
    action: Annotated[str, StringConstraints(max_length=40)]
    sender_id: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    receiver_id: str = ""
    total_count: Annotated[int, Field(ge=0, le=100_000)]
    completed_count: int | None = None
    is_msg_encrypted: Literal[False] = False


class Enrolment(Schema):
    """One person of a batch. ``nik`` as text; sums in whole rupiah."""

    reference_id: str
    action: Literal["add", "continue", "terminate"]
    nik: str | None
    name: str
    birth_date: str | None
    sex: str | None
    desa: str | None
    kecamatan: str | None
    programmes: str | None
    base_idr: int | None
    iuran_idr: int
    start_month: MonthText


class EnrolmentMessage(Schema):
    transaction_id: str
    wadah: str
    wadah_name: str
    source: str
    total_iuran_idr: int
    enrolments: list[Enrolment]


class EnrolmentEnvelope(Schema):
    """A batch as one message: ``action`` is ``enrol``; the answer comes back as ``on-enrol``."""

    header: Header
    message: EnrolmentMessage


class Outcome(Schema):
    """What the insurer says of one person."""

    reference_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F-]{32,36}$")]
    status: Literal["succ", "rjct", "pdng", "rcvd"]
    status_reason_code: Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9_.\-]*$")] = ""
    status_reason_message: Annotated[str, StringConstraints(max_length=300)] = ""
    start_month: MonthText | None = None


class OutcomeMessage(Schema):
    transaction_id: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    correlation_id: Annotated[str, StringConstraints(max_length=120)] = ""
    outcomes: Annotated[list[Outcome], Field(max_length=100_000)]


class OutcomeEnvelope(Schema):
    """The insurer's answer to one batch; ``transaction_id`` is the batch's number."""

    header: Header
    message: OutcomeMessage
