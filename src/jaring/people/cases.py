"""Doubtful pairs as a person reads them: two records side by side, what differs, how much it weighs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import QuerySet

from jaring.facts.reason import Reason
from jaring.people import policy, register
from jaring.people.models import Person, Review
from jaring.people.queue import FIELDS
from jaring.rosters.sealing import unseal
from jaring.tables.frames import read

#: Bands of weight (log2 odds) for the filter: name, least, below.
BANDS: dict[str, tuple[str, float | None, float | None]] = {
    "berat": ("Condong sama", 1.0, None),
    "tengah": ("Seimbang", 0.0, 1.0),
    "ringan": ("Condong berbeda", None, 0.0),
}
_SEX = {"L": "Laki-laki", "P": "Perempuan"}
_STRONG, _SLIGHT = 4.0, 1.0
_MOST = 15.0


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the comparison. ``share``: the weight's length of 100, negative against.

    ``left`` and ``right`` are what the lists say; where that may not be shown, ``said`` tells alone.
    """

    label: str
    left: str
    right: str
    said: str
    differs: bool
    weight: float | None
    share: int
    words: str

    @property
    def length(self) -> int:
        return abs(self.share)


@dataclass(frozen=True, slots=True)
class Side:
    """Where a record comes from."""

    person: Person
    office: str
    kind: str
    place: str
    desa_code: str


@dataclass(frozen=True, slots=True)
class Case:
    review: Review
    left: Side
    right: Side
    lines: tuple[Line, ...]
    tally: Reason


def waiting(states: tuple[str, ...] = ("answered", "open")) -> QuerySet[Review]:
    """Questions in these states, the weightiest first."""
    asked = Review.objects.filter(state__in=states).order_by("-weight", "-pk")
    return asked.select_related("left_person", "right_person")


def within(cases: QuerySet[Review], *, kecamatan: str = "", band: str = "") -> QuerySet[Review]:
    """Those with a person of this kecamatan, and of this band of weight."""
    if kecamatan:
        cases = cases.filter(left_person__kecamatan_code=kecamatan) | cases.filter(
            right_person__kecamatan_code=kecamatan
        )
    if band in BANDS:
        _, least, below = BANDS[band]
        cases = cases.filter(weight__gte=least) if least is not None else cases
        cases = cases.filter(weight__lt=below) if below is not None else cases
    return cases


def after(cases: QuerySet[Review], review: Review) -> int | None:
    """The question that follows this one in the order of the queue; from the top again at its end."""
    beyond = cases.filter(weight__lt=review.weight) | cases.filter(weight=review.weight, pk__lt=review.pk)
    return _first(beyond) or _first(cases.exclude(pk=review.pk))


def before(cases: QuerySet[Review], review: Review) -> int | None:
    """The question that stands before this one."""
    above = cases.filter(weight__gt=review.weight) | cases.filter(weight=review.weight, pk__gt=review.pk)
    return above.order_by("weight", "pk").values_list("pk", flat=True).first()


def _first(cases: QuerySet[Review]) -> int | None:
    return cases.values_list("pk", flat=True).first()


def opened(review: Review, names: dict[str, str]) -> Case:
    """The case with both records. ``names``: of desa by code. A person's numbers are in it only in words."""
    one, other = (_record(review, side) for side in ("left", "right"))
    weights = review.weights
    lines = (
        _line("name", one["name"], other["name"], weights),
        _line("born", _day(one["birth_date"]), _day(other["birth_date"]), weights),
        _line("sex", _SEX.get(one["sex"], ""), _SEX.get(other["sex"], ""), weights),
        _line("place", _place(one, names), _place(other, names), weights),
        _plain("Alamat", one["address"], other["address"]),
        _line("mother", one["mother_name"], other["mother_name"], weights),
        _plain("Nama ayah", one["father_name"], other["father_name"]),
        _plain("Pekerjaan", _work(one), _work(other)),
        _secret("nik", _nik(one), _nik(other), weights),
        _secret("kk", one["no_kk"], other["no_kk"], weights),
        _secret("tel", one["phone"], other["phone"], weights),
    )
    return Case(
        review,
        _side(review, one, "left"),
        _side(review, other, "right"),
        tuple(line for line in lines if line.left or line.right or line.said),
        _tally(review.weight),
    )


_ROW = """SELECT r.sheet, r.row_no, r.secret, r.name, r.birth_date, r.sex, r.desa_code, r.address, r.rt, r.rw,
                 r.father_name, r.occupation, r.position, r.employer, o.sha256, o.office, o.kind
            FROM rosters_row r JOIN rosters_roster o ON o.id = r.roster_id WHERE r.id = %s"""


def _record(review: Review, side: str) -> dict[str, Any]:
    """What the list says of this side; what it leaves out, the register."""
    person: Person = getattr(review, f"{side}_person")
    found: dict[str, Any] = {}
    rows = read(_ROW, [getattr(review, f"{side}_row_id") or 0])
    if rows.height:
        found = unseal(rows).row(0, named=True)
    names = ("sheet", "row_no", "address", "rt", "rw", "father_name", "occupation", "position", "employer")
    sealed = ("office", "kind", "nik", "nik_raw", "no_kk", "phone", "mother_name")
    told = {name: found.get(name) for name in (*names, *sealed)}
    for name in ("name", "birth_date", "sex", "desa_code"):
        told[name] = found.get(name) or getattr(person, name)
    for name, value in register.sealed_of(person.pk).items():
        told[name] = told[name] or value
    return told


def _side(review: Review, row: dict[str, Any], side: str) -> Side:
    person: Person = getattr(review, f"{side}_person")
    place = f"lembar {row['sheet']} baris {row['row_no']}" if row["row_no"] else "register"
    return Side(person, row["office"] or "Register", row["kind"] or "", place, row["desa_code"] or "")


def _day(day: dt.date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _place(row: dict[str, Any], names: dict[str, str]) -> str:
    return names.get(row["desa_code"] or "", "")


def _work(row: dict[str, Any]) -> str:
    return ", ".join(str(row[name]) for name in ("occupation", "position", "employer") if row[name])


def _nik(row: dict[str, Any]) -> str | None:
    digits = "".join(sign for sign in (row["nik_raw"] or row["nik"] or "") if sign.isdigit())
    return digits if digits.strip("0") else None


def _line(field: str, left: str | None, right: str | None, weights: dict[str, float]) -> Line:
    weight = weights.get(field)
    one, other = left or "", right or ""
    both = bool(one and other)
    said = "" if both else "hanya satu daftar menyebutnya" if one or other else ""
    share, words = _weighed(weight) if both else (0, said)
    return Line(
        FIELDS[field].capitalize(),
        one,
        other,
        "",
        both and one.casefold() != other.casefold(),
        weight,
        share,
        words,
    )


def _plain(label: str, left: str | None, right: str | None) -> Line:
    one, other = left or "", right or ""
    small, large = sorted((one.casefold(), other.casefold()), key=len)
    return Line(label, one, other, "", bool(small) and small not in large, None, 0, "tidak ditimbang")


def _secret(field: str, left: str | None, right: str | None, weights: dict[str, float]) -> Line:
    """A number that no page shows: only how the two stand to one another."""
    label = FIELDS[field]
    label = label[0].upper() + label[1:]
    if not left and not right:
        return Line(label, "", "", "keduanya tidak ada", False, None, 0, "tidak ditimbang")
    if not left or not right:
        said = "hanya ada di kiri" if left else "hanya ada di kanan"
        return Line(label, "", "", said, False, None, 0, "tidak ditimbang")
    share, words = _weighed(weights.get(field))
    said = "sama" if left == right else "beda satu angka" if one_slip(left, right) else "berbeda"
    return Line(label, "", "", said, left != right, weights.get(field), share, words)


def one_slip(a: str, b: str) -> bool:
    """Whether one digit changed, lost, added, or two neighbours exchanged makes the one of the other."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    if len(a) == len(b):
        at = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]
        return len(at) == 1 or swapped
    short, long = sorted((a, b), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _weighed(weight: float | None) -> tuple[int, str]:
    if not weight:
        return 0, "tidak menentukan"
    share = round(max(-_MOST, min(_MOST, weight)) / _MOST * 100)
    size = "kuat" if abs(weight) >= _STRONG else "sedikit" if abs(weight) < _SLIGHT else "cukup"
    return share, f"{size} {'mendukung' if weight > 0 else 'melawan'}"


def _tally(weight: float) -> Reason:
    """The whole weight in words; a person decides all the same."""
    if weight >= _SLIGHT:
        sentence = "Secara keseluruhan condong ke orang yang sama."
    elif weight >= 0:
        sentence = "Secara keseluruhan seimbang."
    else:
        sentence = "Secara keseluruhan condong ke dua orang berbeda."
    return Reason("bobot", "note", sentence)


def places(cases: QuerySet[Review]) -> dict[str, int]:
    """How many questions wait in each kecamatan, by its code."""
    left = cases.order_by().values_list("left_person__kecamatan_code", flat=True)
    counted = pl.Series([code or "" for code in left], dtype=pl.String).value_counts()
    return dict(counted.iter_rows())


def asked_of(desa: frozenset[str]) -> QuerySet[Review]:
    """Questions put to these desa and not yet answered; ``*`` names every desa."""
    asked = waiting(("asked",)).exclude(asked_desa="")
    return asked if "*" in desa else asked.filter(asked_desa__in=sorted(desa))


def decided() -> QuerySet[Review]:
    """What people decided, so that a slip can be taken back."""
    return Review.objects.filter(state__in=policy.BINDING).select_related("left_person", "right_person")


__all__ = [
    "BANDS",
    "Case",
    "Line",
    "Side",
    "after",
    "asked_of",
    "before",
    "decided",
    "one_slip",
    "opened",
    "places",
    "waiting",
    "within",
]
