"""Desa and kecamatan as lists write them → codes of the region. What is not found is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from jaring.facts.region import place_key, region

_CODE = re.compile(r"^(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})(?:\.0)?$")
_NOISE = re.compile(
    r"\b(desa|kelurahan|kel|ds|kecamatan|kec|kabupaten|kab|lombok timur|lotim)\b\.?", re.IGNORECASE
)
_AFTER = re.compile(
    r"\b(?:desa|kelurahan|kel\.?|ds\.?|pemdes|pemerintah desa)\b[\s:_\-./]*((?:[A-Za-z'’]+[\s_\-.]*){1,4})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Names:
    desa: dict[str, dict[str, str]]
    kecamatan: dict[str, str]
    codes: dict[str, str]
    old: dict[str, str]


@cache
def _names(key: str) -> _Names:
    own = region(key)
    desa: dict[str, dict[str, str]] = {}
    for row in own.spellings().iter_rows(named=True):
        desa.setdefault(row["key"], {})[row["kecamatan_key"]] = row["code"]
    kecamatan = {place_key(name): code for code, name in own.kecamatan.iter_rows()}
    for name, alias in own.aliases.items():
        for one, other in ((name, alias), (alias, name)):
            if place_key(other) in kecamatan:
                kecamatan.setdefault(place_key(one), kecamatan[place_key(other)])
            if place_key(other) in desa:
                desa.setdefault(place_key(one), desa[place_key(other)])
    codes = dict(own.units.select("code", "kecamatan_code").iter_rows())
    return _Names(desa, kecamatan, codes, dict(own.old_codes))


def _keys(text: str) -> list[str]:
    """The ways one cell may name a place: whole, without its title, its part before a mark."""
    bare = re.sub(r"\(.*?\)", " ", text)
    parts = [text, bare, *re.split(r"[,/;|\-–]", bare)]
    keys = (place_key(_NOISE.sub(" ", re.sub(r"^\s*\d+[.)]?\s*", "", part))) for part in parts)
    return list(dict.fromkeys(k for k in keys if k))


@lru_cache(maxsize=65_536)
def locate(
    desa: str | None, kecamatan: str | None, code: str | None, key: str = "lotim"
) -> tuple[str | None, str | None, str | None]:
    """(desa code, kecamatan code, problem code) for what a row says."""
    known = _names(key)
    found = _CODE.match(code.strip()) if code else None
    if found:
        dotted = ".".join(found.groups())
        dotted = known.old.get(dotted, dotted)
        if dotted in known.codes:
            return dotted, known.codes[dotted], None
    above = _kecamatan(kecamatan, key) if kecamatan else None
    if not desa:
        wrong = "desa-tak-dikenal" if code and not found else None
        return None, above, wrong or ("kecamatan-tak-dikenal" if kecamatan and above is None else None)
    for own in _keys(desa):
        options = sorted(set(known.desa.get(own, {}).values()))
        if not options:
            continue
        inside = [option for option in options if known.codes[option] == above]
        if inside or (len(options) == 1):
            chosen = (inside or options)[0]
            differs = above is not None and not inside
            return chosen, known.codes[chosen], "kecamatan-beda" if differs else None
    alike = _alike(desa, above, known) if above else None
    return (alike, above, "desa-dikira") if alike else (None, above, "desa-tak-dikenal")


@lru_cache(maxsize=4096)
def _kecamatan(text: str, key: str) -> str | None:
    known, keys = _names(key), _keys(text)
    found = next((known.kecamatan[k] for k in keys if k in known.kecamatan), None)
    if found or not keys:
        return found
    near = {code for name, code in known.kecamatan.items() if _one_off(keys[0], name)}
    return near.pop() if len(near) == 1 else None


def _alike(desa: str, above: str, known: _Names) -> str | None:
    """The one desa of the stated kecamatan that is written with one letter more, less, other or turned."""
    own = _keys(desa)[:1]
    near = {
        code
        for name, options in known.desa.items()
        for code in options.values()
        if own and known.codes[code] == above and _one_off(own[0], name)
    }
    return near.pop() if len(near) == 1 else None


def _one_off(one: str, other: str) -> bool:
    """Whether two keys of at least four letters are one slip of the fingers apart."""
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[at:], other[at:]
    turned = len(a) >= 2 and len(b) >= 2 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or turned


def mentioned(text: str, key: str = "lotim", bare: bool = False) -> str | None:
    """The desa that a title, sheet or file name speaks of: after the word desa, or anywhere if ``bare``."""
    known = _names(key)
    above = re.search(r"\bkec(?:amatan)?\b[\s:._\-]*((?:[A-Za-z'’]+[\s_\-.]*){1,3})", text, re.IGNORECASE)
    candidates = [found[1] for found in _AFTER.finditer(text)]
    if bare:
        candidates += [re.sub(r"[_\-.\d]+", " ", text)]
    kecamatan = _longest(above[1], known.kecamatan, from_start=True) if above else None
    for words in candidates:
        for own in _runs(words, from_start=words != candidates[-1] or not bare):
            options = known.desa.get(own)
            if options:
                codes = sorted(set(options.values()))
                inside = [c for c in codes if kecamatan and known.codes[c] == known.kecamatan[kecamatan]]
                if inside or len(codes) == 1:
                    return (inside or codes)[0]
    return None


def _longest(words: str, known: dict[str, str], from_start: bool) -> str | None:
    return next((own for own in _runs(words, from_start) if own in known), None)


def _runs(words: str, from_start: bool) -> list[str]:
    """Runs of words as keys, longest first."""
    parts = [part for part in re.split(r"[\s_\-.]+", words) if part]
    starts = [0] if from_start else range(len(parts))
    runs = [
        (length, start)
        for length in range(min(4, len(parts)), 0, -1)
        for start in starts
        if start + length <= len(parts)
    ]
    return [place_key(" ".join(parts[start : start + length])) for length, start in runs]
