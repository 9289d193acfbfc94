"""Every writer of this room by one name; each lives in the file of its noun."""

from __future__ import annotations

from jaring.enrolment.actions_answer import read_answers
from jaring.enrolment.actions_batch import approve_batches, make_batches, make_follow_up
from jaring.enrolment.actions_bill import read_bill_file, read_bills, recheck
from jaring.enrolment.actions_close import mark_overdue, month_close
from jaring.enrolment.actions_decree import approve_decree, decree
from jaring.enrolment.actions_mutate import mutate, read_mutations
from jaring.enrolment.actions_observe import observe_cover
from jaring.enrolment.actions_pause import pause, resume
from jaring.enrolment.actions_pay import read_payments, record_payment, reinstate
from jaring.enrolment.actions_recover import recoverable, reverse
from jaring.enrolment.actions_refuse import (
    refuse_batches,
    refuse_decree,
    withdraw_batches,
    withdraw_decree,
)
from jaring.enrolment.actions_settle import approve as approve_settlement
from jaring.enrolment.actions_settle import propose as propose_settlement
from jaring.enrolment.actions_settle import sign as sign_settlement
from jaring.enrolment.actions_vacate import fill, give_up

__all__ = [
    "approve_batches",
    "approve_decree",
    "approve_settlement",
    "decree",
    "fill",
    "give_up",
    "make_batches",
    "make_follow_up",
    "mark_overdue",
    "month_close",
    "mutate",
    "observe_cover",
    "pause",
    "propose_settlement",
    "read_answers",
    "read_bill_file",
    "read_bills",
    "read_mutations",
    "read_payments",
    "recheck",
    "record_payment",
    "recoverable",
    "refuse_batches",
    "refuse_decree",
    "reinstate",
    "resume",
    "reverse",
    "sign_settlement",
    "withdraw_batches",
    "withdraw_decree",
]
