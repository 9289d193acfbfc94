"""Photos are made anew: whatever came in, what is kept is a plain picture, sealed; the rest is refused."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from PIL import Image, PngImagePlugin

from jaring.enrolment import photos
from jaring.facts.reason import Refused
from jaring.tables.home import folder

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def drawn(size: tuple[int, int], form: str, mode: str = "RGB", **given: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, given.pop("colour", "red" if mode == "RGB" else 0)).save(out, form, **given)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("size", "becomes"), [((4000, 3000), (1600, 1200)), ((900, 3600), (400, 1600)), ((640, 480), (640, 480))]
)
def test_each_form_becomes_a_jpeg_of_at_most_1600_points(
    form: str, size: tuple[int, int], becomes: tuple[int, int]
) -> None:
    image = opened(photos.remade(drawn(size, form)))
    assert (image.format, image.size, image.mode) == ("JPEG", becomes, "RGB")
    red, green, blue = image.getpixel((10, 10))  # type: ignore[misc]
    assert red > 240
    assert max(green, blue) < 15


def test_where_and_with_what_it_was_taken_is_not_kept() -> None:
    exif = Image.Exif()
    exif[MAKE] = "TELEPON-RAHASIA"
    exif.get_ifd(GPS)[1] = "S"
    exif.get_ifd(GPS)[2] = (8.0, 39.0, 12.0)
    data = drawn((300, 200), "JPEG", exif=exif, comment=b"CATATAN-RAHASIA")
    assert b"TELEPON-RAHASIA" in data
    made = photos.remade(data)
    assert dict(opened(made).getexif()) == {}
    for word in (b"RAHASIA", b"Exif", b"GPS"):
        assert word not in made
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "NAMA-RAHASIA")
    assert b"RAHASIA" not in photos.remade(drawn((300, 200), "PNG", pnginfo=text))


def test_what_is_put_behind_a_picture_is_gone() -> None:
    made = photos.remade(drawn((300, 200), "JPEG") + b"<script>alert(1)</script>PK\x03\x04")
    assert b"script" not in made
    assert made.endswith(b"\xff\xd9")


def test_a_telephone_held_sideways_gives_an_upright_picture() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    assert opened(photos.remade(drawn((300, 200), "JPEG", exif=exif))).size == (200, 300)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "1", "P", "I;16"])
def test_every_kind_of_png_is_drawn_on_white_paper(mode: str) -> None:
    image = opened(photos.remade(drawn((200, 200), "PNG", mode, colour=0)))
    assert image.mode == "RGB"
    if mode in {"RGBA", "LA"}:
        assert min(image.getpixel((100, 100))) > 250  # type: ignore[arg-type, type-var]


def test_cmyk_of_a_scanner_is_taken() -> None:
    assert opened(photos.remade(drawn((200, 200), "JPEG", "CMYK", colour=(0, 0, 0, 0)))).mode == "RGB"


def png_of(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG that says how large it is, whatever it holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


WHOLE = drawn((400, 300), "JPEG")
BROKEN, LARGE = "foto-tidak-terbaca", "foto-terlalu-besar"
#: What an upload may hold that is no photo of a paper, and what is said of it.
HOSTILE = {
    "nothing": (b"", BROKEN),
    "text": (b"bukan foto", BROKEN),
    "pdf": (b"%PDF-1.7\n1 0 obj\n", BROKEN),
    "html named jpeg": (b"<html><script>alert(1)</script></html>", BROKEN),
    "svg": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "foto-tidak-terbaca",
    ),
    "gif": (drawn((50, 50), "GIF"), BROKEN),
    "bmp": (drawn((50, 50), "BMP"), BROKEN),
    "tiff": (drawn((50, 50), "TIFF"), BROKEN),
    "eps, which calls a program": (
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "foto-tidak-terbaca",
    ),
    "half a jpeg": (WHOLE[: len(WHOLE) // 2], BROKEN),
    "a jpeg's head": (WHOLE[:20], BROKEN),
    "a png without points": (png_of(100, 100), BROKEN),
    "a png of no size": (png_of(0, 0), BROKEN),
    "a bomb": (png_of(60_000, 60_000, zlib.compress(b"\0" * 1000)), LARGE),
    "a smaller bomb": (png_of(10_000, 10_000, zlib.compress(b"\0" * 1000)), LARGE),
    "large beyond need": (png_of(9_000, 9_000, zlib.compress(b"\0" * 1000)), LARGE),
    "a thread": (png_of(40_000, 1, zlib.compress(b"\0" * 120_001)), LARGE),
    "nine megabytes": (WHOLE + b"\0" * (9 << 20), LARGE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_photo_is_refused_in_one_sentence(name: str) -> None:
    data, code = HOSTILE[name]
    before = sorted(folder("photos").iterdir())
    with pytest.raises(Refused) as refused:
        photos.keep(data)
    assert refused.value.reason.code == code
    assert refused.value.reason.mend
    assert sorted(folder("photos").iterdir()) == before


@pytest.mark.parametrize("step", range(0, 400, 7))
def test_a_picture_with_broken_bytes_is_drawn_or_refused_and_nothing_else(step: int) -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        data = bytearray(drawn((64, 64), form))
        data[step % len(data)] ^= 0xFF
        data[(step * 31 + 7) % len(data)] ^= 0x5A
        with contextlib.suppress(Refused):
            assert opened(photos.remade(bytes(data))).format == "JPEG"


def test_what_is_kept_is_sealed_kept_once_and_bound_to_its_name() -> None:
    first = photos.keep(drawn((500, 500), "JPEG", colour="blue"))
    assert photos.keep(drawn((500, 500), "JPEG", colour="blue")) == first
    place = folder("photos") / first
    assert place.stat().st_mode & 0o777 == 0o600
    assert b"\xff\xd8\xff" not in place.read_bytes()[:64]
    assert opened(photos.kept(first)).size == (500, 500)
    second = photos.keep(drawn((500, 500), "JPEG", colour="green"))
    (folder("photos") / second).write_bytes(place.read_bytes())
    with pytest.raises(InvalidTag):
        photos.kept(second)
