"""The catalogue of reasons: every code that the law gives, found beside its rule."""

from __future__ import annotations

from functools import cache

from jaring.facts.reason import Confidence, Reason
from jaring.law import loader

_ABOUT_VALUE: dict[str, tuple[Confidence, str]] = {
    "sekunder": ("secondary", "Nilai ini dibaca dari sumber sekunder, bukan dari naskah peraturannya"),
    "belum-pasti": ("unknown", "Ketentuannya tidak ditemukan; dipakai anggapan yang dicatat"),
    "setelan-lokal": ("unknown", "Nilai ini ditetapkan oleh setelan kantor"),
}


def reason(code: str) -> Reason:
    """The reason behind a code, also of the codes that warn about a value (``sekunder:<key>``)."""
    kind, _, key = code.partition(":")
    if key and kind in _ABOUT_VALUE:
        confidence, sentence = _ABOUT_VALUE[kind]
        law = loader.value(key)
        return Reason(
            code,
            "warning",
            f"{law.about.rstrip('.')}. {sentence}.",
            "Mintakan kepastian tertulis kepada yang berwenang, lalu catat sebagai setelan kantor.",
            law.dated[-1].article,
            confidence,
        )
    try:
        return catalogue()[code]
    except KeyError:
        raise loader.LawError(f"alasan {code!r} tidak dikenal") from None


@cache
def catalogue() -> dict[str, Reason]:
    """Every reason defined in the law, by code. LawError when two concepts define the same code."""
    found: dict[str, Reason] = {}
    for name in loader.names():
        for code, one in loader.concept(name).reasons.items():
            if code in found:
                raise loader.LawError(f"{name}: alasan {code!r} sudah ada di konsep lain")
            found[code] = one
    return found
