"""The region: its kecamatan, desa and kelurahan with codes, old codes and spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_type_hints

import polars as pl
from typing_extensions import TypedDict

from jaring.facts.lokal_part import lokal_part
from jaring.facts.strict_yaml import load

wilayah = lokal_part("wilayah")
_FOLDER = Path(__file__).parent / "regions"


@dataclass(frozen=True)
class Region:
    """One regency. ``units``: code, name, kind (desa | kelurahan), kecamatan_code, kecamatan.

    ``branch_address`` and ``branch_phone`` are empty until the office has filled them in.
    """

    key: str
    code: str
    name: str
    short: str
    office: str
    branch: str
    branch_address: str
    branch_phone: str
    village_office: str
    seat: str
    time_zone: str
    workers: int
    workers_definition: str
    workers_source: str
    aliases: dict[str, str]
    old_codes: dict[str, str]
    units: pl.DataFrame

    @property
    def kecamatan(self) -> pl.DataFrame:
        """code and name of each kecamatan, in code order."""
        return self.units.select(code="kecamatan_code", name="kecamatan").unique().sort("code")

    def spellings(self) -> pl.DataFrame:
        """Every way a list may write a unit: ``key`` (see ``place_key``), ``kecamatan_key``, ``code``.

        A name that several units carry stands once per unit; the reader decides by kecamatan.
        """
        rows = []
        for row in self.units.iter_rows(named=True):
            names = {row["name"], self.aliases.get(row["name"], row["name"])}
            above = {row["kecamatan"], self.aliases.get(row["kecamatan"], row["kecamatan"])}
            rows += [(place_key(n), place_key(k), row["code"]) for n in names for k in above]
        return pl.DataFrame(sorted(set(rows)), schema=["key", "kecamatan_key", "code"], orient="row")


#: A region's settings file says all but what it is called and what its code leads to.
_FILE = TypedDict(  # type: ignore[misc]
    "_FILE", {name: kind for name, kind in get_type_hints(Region).items() if name not in {"key", "units"}}
)


def place_key(name: str) -> str:
    """A place name without title, case, spaces or marks: ``Desa  Lenek Pesiraman`` → ``lenekpesiraman``."""
    text = re.sub(r"^\s*(desa|kelurahan|kel|ds|kecamatan|kec)\b\.?\s*", "", name.strip().lower())
    return re.sub(r"[^a-z]", "", text)


@cache
def region(key: str = "lotim") -> Region:
    """Load a region by the name of its settings file. ValueError names the ones that exist."""
    path = _FOLDER / f"{key}.yaml"
    if not path.exists():
        known = ", ".join(sorted(p.stem for p in _FOLDER.glob("*.yaml")))
        raise ValueError(f"wilayah {key!r} tidak dikenal; yang ada: {known}")
    data = load(path.read_text(encoding="utf-8"), _FILE, path.name)
    rows = [
        (unit.code, unit.name, unit.type, above.code, above.name)
        for above in wilayah.list_wilayah(data["code"])
        for unit in wilayah.list_wilayah(above.code)
    ]
    schema = ["code", "name", "kind", "kecamatan_code", "kecamatan"]
    units = pl.DataFrame(rows, schema=schema, orient="row").sort("code")
    return Region(key=key, units=units, **data)
