"""The month of a full-size regency, as ``make demo`` does it: from lists to paid months and coverage.

The goals are 60 s of work on 2 cores and 4 GB. Work: the wall time of the three runs that make the month,
as the demo tells it; not the making of the invented world, its insurer and its treasury. Memory: the most
that all processes together took, PostgreSQL's among them, looked at once a second: what each holds alone,
and what PostgreSQL's share, once; pages of files are not counted. BENCH_SIZE=small takes a small regency.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SECONDS, GIGABYTES = 60, 4
_WORK = re.compile(r"^pekerjaan sebulan .*: (\d+) detik$", re.MULTILINE)
_STAGE = re.compile(r"^(?:selesai|menunggu)\s+(.*) \((\d+\.\d) dtk\)$", re.MULTILINE)


def run() -> list[str]:
    folder = Path(tempfile.mkdtemp(prefix="jaring-bench-"))
    folder.chmod(0o755)
    size = os.environ.get("BENCH_SIZE", "full")
    command = [str(Path(sys.executable).parent / "jaring"), "demo", "--no-serve"]
    command += ["--folder", str(folder), "--size", size]
    try:
        demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        watch = _Memory(demo.pid, folder / "rumah" / "postgres" / "postmaster.pid")
        told, _ = demo.communicate()
        peak = watch.ended() / 2**20
        found = _WORK.search(told)
        if demo.returncode or found is None:
            raise RuntimeError(f"the demo ended with {demo.returncode}")
        seconds = int(found[1])
        stages: dict[str, list[str]] = {}
        for title, took in _STAGE.findall(told):
            stages.setdefault(title, []).append(took)
        return [
            *(__doc__ or "").splitlines(),
            *(f"{title:44} {' + '.join(took)} s" for title, took in stages.items()),
            f"work of the month: {seconds} s, {seconds / SECONDS:.2f} of the limit of {SECONDS} s",
            f"memory of all processes: {peak:.1f} GB, {peak / GIGABYTES:.2f} of the limit of {GIGABYTES} GB",
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Memory:
    """The most memory, in kB, of a process, of its server, and of all that descend from them."""

    def __init__(self, root: int, server: Path) -> None:
        self.root, self.server, self.peak = root, server, 0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def ended(self) -> int:
        self._over.set()
        self._watch.join()
        return self.peak

    def _look(self) -> None:
        while not self._over.wait(1):
            roots = {self.root}
            if self.server.exists():
                roots.add(int(self.server.read_text().splitlines()[0]))
            held = [_held(pid) for pid in _family(roots)]
            shared = max((shared for _, shared in held), default=0)
            self.peak = max(self.peak, sum(alone for alone, _ in held) + shared)


def _family(roots: set[int]) -> set[int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    found = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _held(pid: int) -> tuple[int, int]:
    """kB that a process holds alone, and of memory that is shared."""
    try:
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0, 0
    said = {name: value for name, _, value in (row.partition(":") for row in rows)}
    return tuple(int(said.get(name, "0 kB").split()[0]) for name in ("RssAnon", "RssShmem"))  # type: ignore[return-value]
