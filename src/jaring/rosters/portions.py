"""The files of a folder made ready side by side: read, checked, sealed and answered, without the database.

Short files are read and checked some dozens at a time, for a pass over many costs little more than over
one. Each is still refused on its own and comes out as if it had been alone; one that ends the fork that
reads them leaves the others to forks of their own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from jaring.facts.reason import Refused, refuse
from jaring.rosters import answered, reading
from jaring.rosters.examination import Examination, Opened, checked, opened
from jaring.rosters.inbox import Item
from jaring.rosters.models import Roster
from jaring.rosters.reading import Sheets
from jaring.rosters.sealing import seal_alike

#: Portions made at once: reading waits for a child, checking runs outside Python's lock.
_ABREAST = 3
#: What may be read ahead of the portion that is being stored.
_BYTES_AHEAD = 32 * 1024 * 1024
#: A file up to this size shares its portion with others.
_SHORT = 256 * 1024
_FILES = 48
#: Rows of a list up to which its answered file is written.
_MENDED_BY_HAND = 10_000


@dataclass(frozen=True)
class Prepared:
    """A file that only waits to be stored. ``sealed``: its rows for the table; None when they are sealed
    while they are stored."""

    item: Item
    data: bytes
    examination: Examination
    sealed: pl.DataFrame | None = None


#: What became of a file: ready to be stored, known before, or refused.
Outcome = Prepared | Roster | Refused


@dataclass(frozen=True)
class Maker:
    """Makes portions. ``taught``: what headers mean, by office; ``known``: by SHA-256 and office;
    ``answers``: the folder for answered files, if they are wanted."""

    taught: Mapping[str, Mapping[str, str]]
    known: Mapping[tuple[str, str], Roster]
    answers: Path | None
    today: dt.date
    region_key: str
    seen: set[tuple[str, str]] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def make(self, items: list[Item]) -> list[tuple[Item, Outcome]]:
        """What became of each file, in the order given."""
        outcomes: dict[int, Outcome] = {}
        fresh: list[tuple[int, bytes]] = []
        for place, item in enumerate(items):
            try:
                data = reading.load(item.path)
                known = self._known(item, data)
            except Refused as refused:
                outcomes[place] = refused
                continue
            if known is None:
                fresh.append((place, data))
            else:
                outcomes[place] = known
        read = reading.read_together([(data, items[place].path.name) for place, data in fresh])
        alike: dict[object, list[tuple[int, bytes, Opened]]] = {}
        for (place, data), sheets in zip(fresh, read, strict=True):
            try:
                found = self.open(items[place], sheets)
            except Refused as refused:
                outcomes[place] = refused
            else:
                alike.setdefault(found.likeness, []).append((place, data, found))
        for group in alike.values():
            made = checked([found for *_, found in group], today=self.today, region_key=self.region_key)
            sealed = seal_alike([(one.rows, one.sheets.sha256) for one in made])
            for (place, data, _), examination, rows in zip(group, made, sealed, strict=True):
                self._answer(items[place], examination)
                outcomes[place] = Prepared(items[place], data, examination, rows)
        return [(item, outcomes[place]) for place, item in enumerate(items)]

    def open(self, item: Item, sheets: Sheets | Refused) -> Opened:
        """The tables of a file. Refused when it could not be read, or is no list."""
        if isinstance(sheets, Refused):
            raise sheets
        return opened(
            sheets,
            office=item.office,
            kind=item.kind,
            desa_code=item.desa_code,
            learnt=self.taught.get(item.office, {}),
        )

    def _known(self, item: Item, data: bytes) -> Roster | None:
        own = (hashlib.sha256(data).hexdigest(), item.office)
        if own in self.known:
            return self.known[own]
        with self.lock:
            if own in self.seen:
                raise refuse(
                    "berkas-berulang", "Berkas yang sama sudah ada di folder ini.", "Hapus salinannya."
                )
            self.seen.add(own)
        return None

    def _answer(self, item: Item, examination: Examination) -> None:
        if self.answers is not None and _worth_answering(examination):
            # Before the rows are stored: killed in between, the file is new again and is answered.
            folder = self.answers / item.path.parent.name
            answered.write(examination, folder / f"{item.path.stem}.xlsx")


def _worth_answering(examination: Examination) -> bool:
    """Something is held back, and the list is one that a person mends by hand; a register of tens of
    thousands is answered on request (``jaring rosters check``)."""
    return examination.accepted < examination.rows.height <= _MENDED_BY_HAND


def ahead(found: list[Item], maker: Maker) -> Iterator[list[tuple[Item, Outcome]]]:
    """The files in their order, a portion after the other, some portions ahead of the caller."""
    waiting: deque[tuple[int, Future[list[tuple[Item, Outcome]]]]] = deque()
    held = 0
    with ThreadPoolExecutor(_ABREAST, thread_name_prefix="rosters") as pool:
        for size, items in _portions(found):
            waiting.append((size, pool.submit(maker.make, items)))
            held += size
            while len(waiting) > 2 * _ABREAST or (held > _BYTES_AHEAD and len(waiting) > _ABREAST):
                size, future = waiting.popleft()
                held -= size
                yield future.result()
        for _, future in waiting:
            yield future.result()


def _portions(found: list[Item]) -> Iterator[tuple[int, list[Item]]]:
    """(bytes, files): long files alone, short ones together, none out of its turn."""
    together: list[Item] = []
    held = 0
    for item in found:
        size = _size(item.path)
        if together and (size > _SHORT or held > _SHORT * 4 or len(together) == _FILES):
            yield held, together
            together, held = [], 0
        together.append(item)
        held += size
        if size > _SHORT:
            yield held, together
            together, held = [], 0
    if together:
        yield held, together


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # Gone meanwhile: reading it says so.
        return 0
