"""Letters set in processes of their own, beside the work that goes on; their memory ends with them.

``python -m jaring.enrolment.letters.apart`` reads one order as JSON and sets it. What is set waits under
a hidden name until all of an order's letters are there; then each is put in place whole.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from jaring.enrolment import letters


class Setting:
    """Letters that are being set, each with its data and place. None lies there before ``wait``."""

    def __init__(self, name: str, parts: Sequence[tuple[dict[str, Any], Path]], *, tagged: bool) -> None:
        self.paths = [out for _, out in parts]
        # A thread only waits for its process.
        self._pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="letters")
        self._work = [self._pool.submit(_set, name, data, out, tagged) for data, out in parts]

    def wait(self) -> list[Path]:
        """Put them in place once all are set, the first one last: where it lies, the others do."""
        try:
            for one in self._work:
                one.result()
        finally:
            self._pool.shutdown()
        for path in reversed(self.paths):
            _half(path).replace(path)
        return self.paths

    def drop(self) -> None:
        """Let none of them come to lie there: what they were set for did not come about."""
        self._pool.shutdown(cancel_futures=True)
        for path in self.paths:
            _half(path).unlink(missing_ok=True)


def _half(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")


def _set(name: str, data: dict[str, Any], out: Path, tagged: bool) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    order = {"name": name, "data": data, "out": str(_half(out)), "tagged": tagged}
    kept = {"PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV"}
    ran = subprocess.run(
        [sys.executable, "-m", "jaring.enrolment.letters.apart"],
        input=json.dumps(order, ensure_ascii=False).encode(),
        # What it complains of could quote a name.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if key in kept},
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(f"letter {name} was not set (exit {ran.returncode})")


def main() -> None:
    """One order from the standard input."""
    # Whoever waits for a stage goes before papers that are due at the end.
    os.nice(5)
    order = json.load(sys.stdin.buffer)
    letters.render(order["name"], order["data"], Path(order["out"]), tagged=order["tagged"])


if __name__ == "__main__":
    main()
