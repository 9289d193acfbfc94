"""The map without boundaries: one tile per desa, sorted by kecamatan, drawn as SVG by the server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

#: Upper ends of the classes in tenths of a percent; fixed, so that months can be compared.
CLASSES = (100, 200, 350, 500, 1000)
_FILLS = ("#edf3f0", "#bfdccf", "#86bfa5", "#469a78", "#146c4a")
_SIZE, _GAP, _LABEL, _ROW = 20, 3, 132, 26


@dataclass(frozen=True)
class Tile:
    """One desa: its name, kecamatan and two counts."""

    name: str
    kecamatan: str
    numerator: int
    denominator: int | None

    @property
    def share(self) -> int | None:
        """Tenths of a percent, or None where nobody is known."""
        return self.numerator * 1000 // self.denominator if self.denominator else None


def class_of(share: int) -> int:
    """The class a share falls in; more than all counts as the last."""
    return next((n for n, end in enumerate(CLASSES) if share < end), len(CLASSES) - 1)


def draw(tiles: Iterable[Tile], title: str, description: str, say: Callable[[str], str] = str) -> str:
    """An SVG with a row per kecamatan and a tile per desa; each tile names itself and its counts.

    ``say`` says the words of a tile in the language of its reader.
    """
    rows: dict[str, list[Tile]] = {}
    for tile in tiles:
        rows.setdefault(tile.kecamatan, []).append(tile)
    widest = max((len(r) for r in rows.values()), default=0)
    width, height = _LABEL + widest * (_SIZE + _GAP), len(rows) * _ROW
    body = [
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="ubin-judul ubin-isi" class="tiles" '
        'xmlns="http://www.w3.org/2000/svg">',
        f'<title id="ubin-judul">{escape(title)}</title><desc id="ubin-isi">{escape(description)}</desc>',
        '<defs><pattern id="tanpa-data" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<rect width="5" height="5" fill="#fff"/><path d="M0 5L5 0" stroke="#8a949e" stroke-width="1"/>'
        "</pattern></defs>",
    ]
    for number, (kecamatan, row) in enumerate(rows.items()):
        y = number * _ROW
        body.append(f'<text x="0" y="{y + 15}" font-size="13">{escape(kecamatan)}</text>')
        body += [_tile(tile, _LABEL + place * (_SIZE + _GAP), y, say) for place, tile in enumerate(row)]
    return "".join([*body, "</svg>"])


def _tile(tile: Tile, x: int, y: int, say: Callable[[str], str]) -> str:
    share = tile.share
    if share is None:
        fill, said = "url(#tanpa-data)", "belum ada yang tercatat"
    else:
        fill = _FILLS[class_of(share)]
        said = f"{tile.numerator} dari {tile.denominator} orang ({share // 10},{share % 10} %)"
    return (
        f'<rect x="{x}" y="{y}" width="{_SIZE}" height="{_SIZE}" rx="2" fill="{fill}" stroke="#5c6b73" '
        f'stroke-width=".5"><title>{escape(tile.name)}: {escape(say(said))}</title></rect>'
    )


def legend() -> list[tuple[str, str]]:
    """Colour and words of each class, lowest first."""
    starts = (0, *CLASSES[:-1])
    words = [f"{a // 10} % sampai di bawah {b // 10} %" for a, b in zip(starts, CLASSES, strict=True)]
    words[-1] = f"{CLASSES[-2] // 10} % ke atas"
    return list(zip(_FILLS, words, strict=True))
