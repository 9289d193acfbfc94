"""Photos of papers: opened with suspicion, made anew without what the telephone wrote in, kept sealed."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import struct
import warnings

from PIL import Image, ImageOps

from jaring.facts.reason import Refused, refuse
from jaring.tables.home import folder
from jaring.tables.secrets import decrypt_bytes, encrypt_bytes

#: What a form takes in: a telephone's photo is 3 to 6 MB.
LARGEST_BYTES = 8 * 1024 * 1024
#: 50 million points are 150 MB in memory; the largest telephones in use here make 50 to 64 million, and
#: send JPEG, which is shrunk while it is read.
LARGEST_POINTS = 50_000_000
_LONGEST_SIDE = 1600
_FORMATS = ("JPEG", "PNG", "WEBP")
#: What a decoder raises over bytes that are no image, or pretend to be one.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    TypeError,
    KeyError,
    OverflowError,
    struct.error,
)


def keep(data: bytes) -> str:
    """Keep a photo made anew from ``data``; its name is the SHA-256 of what is kept. Refused when it is
    too large, no JPEG, PNG or WebP, or broken."""
    made = remade(data)
    name = hashlib.sha256(made).hexdigest()
    place = folder("photos") / name
    if not place.exists():
        half = place.with_name(f".{name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(encrypt_bytes(made, f"enrolment.photo:{name}"))
        half.replace(place)
    return name


def kept(name: str) -> bytes:
    """The JPEG again; who may see it is asked before (``actions_report.open_photo``)."""
    return decrypt_bytes((folder("photos") / name).read_bytes(), f"enrolment.photo:{name}")


def remade(data: bytes) -> bytes:
    """A JPEG of at most 1600 points a side, upright, with nothing in it but the picture."""
    if len(data) > LARGEST_BYTES:
        raise _too_large(f"Foto lebih dari {LARGEST_BYTES // 1024 // 1024} MB.")
    try:
        # A warning of a bomb is as good as one.
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(data)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise _too_large("Foto memuat terlalu banyak titik.") from bomb
    except _BROKEN as broken:
        raise refuse(
            "foto-tidak-terbaca",
            "Berkas ini bukan foto JPEG, PNG, atau WebP yang utuh.",
            "Kirim foto dari kamera telepon, bukan berkas lain.",
        ) from broken


def _too_large(sentence: str) -> Refused:
    return refuse("foto-terlalu-besar", sentence, "Ambil foto lagi dengan ukuran lebih kecil.")


def _drawn(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        width, height = image.size
        if image.format == "JPEG":
            # The decoder itself leaves points out, so that a large photo costs little memory.
            image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        if image.size[0] * image.size[1] > LARGEST_POINTS or max(width, height) > 30_000:
            raise _too_large("Foto memuat terlalu banyak titik.")
        image.load()
        upright = ImageOps.exif_transpose(image)
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        upright = Image.alpha_composite(paper, seen)
    plain = Image.new("RGB", upright.size)
    # Points alone are taken over: no place, no telephone, no thumbnail, no comment.
    plain.paste(upright.convert("RGB"))
    out = io.BytesIO()
    encode = plain.save
    encode(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()
