"""Pricing a year of contributions: Jaring beside OpenFisca-core, numpy, hand-written Polars, a save a person.

The same table of people goes in and the year's contributions by programme come out, equal to the rupiah;
whatever a way needs to turn the table into its own arrays is counted as its own time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench import _law_openfisca as openfisca
from bench._law_peers import numpy_year, polars_year
from bench._law_people import SUMS, arrays, codes, files, frame
from jaring.law import advance

_SMALL, _LARGE, _NATION = 1_400_000, 10_000_000, 100_000_000
_TRIES = {_SMALL: 3, _LARGE: 1}

Table = pl.DataFrame


def ways() -> dict[str, Callable[[Table], Any]]:
    """Each way of pricing a table: the product first, the lower bound second."""
    rules = openfisca.system()
    return {
        "jaring": advance.payment,
        "polars by hand": lambda people: polars_year(people.lazy()).collect(engine="in-memory"),
        "numpy by hand": lambda people: numpy_year(arrays(people)),
        "openfisca-core": lambda people: openfisca.year(rules, arrays(people)),
    }


def run() -> list[str]:
    """Lines to print: seconds and ratios for each size, and the memory of the streamed run."""
    lines = []
    for count in (_SMALL, _LARGE):
        lines += _compared(f"{count:,} orang x 12 bulan", frame(codes(count)), _TRIES[count])
    lines += _compared(
        f"{_SMALL:,} orang x 12 bulan, tiap penghasilan dan upah lain sampai ke rupiahnya",
        frame(codes(_SMALL, income_step=1, wage_step=1)),
        _TRIES[_SMALL],
    )
    lines += _streamed(_NATION if os.environ.get("BENCH_FULL") else _LARGE)
    return lines + _by_person()


def _compared(title: str, people: Table, tries: int) -> list[str]:
    seconds: dict[str, float] = {}
    answers: dict[str, Any] = {}
    for name, way in ways().items():
        taken = []
        for _ in range(tries):
            start = time.perf_counter()
            answer = way(people)
            taken.append(time.perf_counter() - start)
        seconds[name] = min(taken)
        answers[name] = _checked(answer)
        del answer
    equal = all(one == answers["jaring"] for one in answers.values())
    if not equal:
        raise AssertionError(f"the ways disagree: {answers}")
    ours = seconds["jaring"]
    rows = [f"  {name:16} {one:8.2f} s   {one / ours:6.2f} x jaring" for name, one in seconds.items()]
    return [title, *rows, "  sama sampai ke rupiah: ya (jumlah tiap program dan 1.000 baris)"]


def _checked(answer: Any) -> tuple[list[int], list[list[int]]]:
    """Totals by programme and a thousand rows spread over all, as plain numbers."""
    totals, sample = [], []
    for name in SUMS:
        column = np.asarray(answer[name])
        totals.append(int(column.astype(np.int64).sum()))
        sample.append([int(cell) for cell in column[:: max(len(column) // 1_000, 1)]])
    return totals, sample


def _streamed(count: int) -> list[str]:
    """Files of people priced batch by batch, each way in a process of its own, and its largest memory."""
    lines = [f"{count:,} orang x 12 bulan, dibaca dari berkas sebagian-sebagian"]
    with tempfile.TemporaryDirectory(prefix="jaring-bench-") as folder:
        files(Path(folder), count)
        found = {name: _child("bench._law_stream", name, folder) for name in ("jaring", "polars")}
    totals = {one[2] for one in found.values()}
    for name, (seconds, memory, _) in found.items():
        lines.append(f"  {name:16} {float(seconds):8.1f} s   memori terbesar {int(memory) / 1024:,.0f} MB")
    if len(totals) != 1:
        raise AssertionError(f"the ways disagree: {totals}")
    return [*lines, f"  jumlah sama: ya ({int(totals.pop()):,})"]


def _by_person() -> list[str]:
    """A query and a save for every person, on two thousand, in a server and a process of their own."""
    count, seconds, agrees = _child("bench._law_rows", "2000", "")
    each = float(seconds) / int(count)
    return [
        f"satu kueri dan satu simpan tiap orang (Django, PostgreSQL), {count} orang: {float(seconds):.1f} s, "
        f"{1 / each:,.0f} orang per detik; sama sampai ke rupiah: {agrees}",
        f"  dihitung dari situ: {_SMALL:,} orang {each * _SMALL / 60:,.0f} menit",
    ]


def _child(module: str, *args: str) -> list[str]:
    done = subprocess.run([sys.executable, "-m", module, *args], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{module}: {done.stderr[-2000:]}")
    return done.stdout.split()
