"""Which lines each event posts. A positive amount is a debit, a negative one a credit.

| event | debit | credit |
|---|---|---|
| budget loaded, raised, cut | Anggaran:Pagu | Anggaran:Tersedia (a cut: the other way round) |
| commitment, when the allocation that a decree carries is approved | Anggaran:Tersedia | Anggaran:Komitmen |
| release, when a person leaves and the months ahead fall free | Anggaran:Komitmen | Anggaran:Tersedia |
| bill received | Beban:Iuran | Kewajiban:UtangIuran |
| bill corrected before payment | Kewajiban:UtangIuran | Beban:Iuran |
| payment by SP2D | Kewajiban:UtangIuran, Anggaran:Komitmen | Aset:Kas, Anggaran:Realisasi |
| restitution owed by the insurer, after payment | Aset:Piutang | Beban:Iuran |
| restitution received | Aset:Kas, Anggaran:Realisasi | Aset:Piutang, Anggaran:Komitmen |
| an entry made by mistake | ``ledger.actions.reverse``: the same lines with the signs turned | |

Two circles stay closed for each fund: Pagu = Tersedia + Komitmen + Realisasi (the right to spend), and
Kas + UtangIuran = Beban:Iuran + Piutang (the money). Realisation is by cash, at the SP2D, as budget
reports count it; the expense is by accrual, at the bill.
"""

from __future__ import annotations

from jaring.ledger.chart import account

Line = tuple[str, int]


def _move(fund: str, amount_idr: int, *pairs: tuple[str, str]) -> list[Line]:
    """For each pair (debit kind, credit kind) two lines; nothing at all for an amount of zero."""
    if amount_idr == 0:
        return []
    lines = []
    for debit, credit in pairs:
        lines += [(account(debit, fund), amount_idr), (account(credit, fund), -amount_idr)]
    return lines


def _positive(amount_idr: int) -> int:
    if amount_idr < 0:
        raise ValueError("an event of the ledger has no negative amount; use the event that turns it round")
    return amount_idr


def budget_changed(fund: str, delta_idr: int) -> list[Line]:
    """The budget is loaded (``delta_idr`` = all of it), raised or, with a negative amount, cut."""
    return _move(fund, delta_idr, ("Pagu", "Tersedia"))


def committed(fund: str, amount_idr: int) -> list[Line]:
    """Months of people are promised from the fund."""
    return _move(fund, _positive(amount_idr), ("Tersedia", "Komitmen"))


def released(fund: str, amount_idr: int) -> list[Line]:
    """Promised months fall free again: died, moved, pays alone, found an employer."""
    return _move(fund, _positive(amount_idr), ("Komitmen", "Tersedia"))


def billed(fund: str, amount_idr: int) -> list[Line]:
    """The insurer's bill is in and was found right."""
    return _move(fund, _positive(amount_idr), ("Iuran", "UtangIuran"))


def bill_corrected(fund: str, amount_idr: int) -> list[Line]:
    """Part of a bill is withdrawn before it was paid."""
    return _move(fund, _positive(amount_idr), ("UtangIuran", "Iuran"))


def paid(fund: str, amount_idr: int) -> list[Line]:
    """The treasury's SP2D: the debt to the insurer is gone, the promise has become realisation."""
    return _move(fund, _positive(amount_idr), ("UtangIuran", "Kas"), ("Komitmen", "Realisasi"))


def restitution_owed(fund: str, amount_idr: int) -> list[Line]:
    """Too much was paid (a dead person, a double line): the insurer owes it back."""
    return _move(fund, _positive(amount_idr), ("Piutang", "Iuran"))


def restitution_received(fund: str, amount_idr: int) -> list[Line]:
    """The money is back within the budget year: what was paid is again only promised.

    Where the person has left, the release of those months makes it free; where a line was merely
    billed twice, the promise still stands.
    """
    return _move(fund, _positive(amount_idr), ("Kas", "Piutang"), ("Realisasi", "Komitmen"))
