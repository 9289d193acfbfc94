"""Who approves what: the right, up to which sum, and never what they made themselves."""

from __future__ import annotations

from jaring.facts.reason import refuse
from jaring.facts.rupiah import written
from jaring.officers.roles import ROLES
from jaring.officers.scope import Scope

#: Rights whose use is held to a sum. No regulation that was read names a sum; which one stands in an
#: assignment is the office's own decision, and ``law.approval`` only suggests one.
BY_AMOUNT = ("fund.approve", "decree.approve", "batch.approve", "bill.approve")


def check(scope: Scope, right: str, amount_idr: int, made_by: str) -> None:
    """Refuse unless ``scope`` may approve a paper of ``made_by`` over ``amount_idr``."""
    scope.require(right)
    other_person(made_by, scope.actor)
    if not scope.may_approve(right, amount_idr):
        within(amount_idr, scope.limit(right))


def other_person(made_by: str, by: str, what: str = "Ini") -> None:
    """Refused when the one who made it decides on it, however the name is written."""
    if made_by.strip().casefold() == by.strip().casefold():
        raise refuse(
            "pembuat-bukan-pemeriksa",
            f"{what} tidak dapat diputuskan oleh pembuatnya.",
            "Minta pejabat lain memeriksa dan memutuskannya.",
        )


def within(amount_idr: int, limit_idr: int | None) -> None:
    """Refused when the sum is above the limit; None = no limit."""
    if limit_idr is not None and amount_idr > limit_idr:
        raise refuse(
            "di-atas-batas",
            f"Nilainya {written(amount_idr)}, di atas batas persetujuan Anda {written(limit_idr)}.",
            "Minta Sekda, atau pejabat lain dengan batas yang cukup, menyetujuinya.",
        )


def sound_limit(role: str, limit_idr: int | None) -> None:
    """Refuse a limit that is no sum, or one for a role that approves none."""
    if limit_idr is None:
        return
    if limit_idr < 0:
        raise refuse("batas-keliru", "Batas persetujuan tidak boleh di bawah nol.", "Contoh: 500000000")
    if not ROLES[role].rights & set(BY_AMOUNT):
        raise refuse(
            "batas-berlebih",
            f"Peran {role} tidak menyetujui nilai rupiah, sehingga tidak mengenal batas.",
            "Kosongkan batasnya.",
        )
