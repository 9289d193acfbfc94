"""``python -m bench [--full] [NAME …]``: run the measurements of this folder, all or by name."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys

import bench


def main(wanted: list[str]) -> int:
    """Print the lines that each module's ``run()`` returns: a list, or a dict of figures."""
    if "--full" in wanted:
        os.environ["BENCH_FULL"] = "1"
        wanted = [name for name in wanted if name != "--full"]
    found = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if not m.name.startswith("_"))
    unknown = set(wanted) - set(found)
    if unknown:
        print(f"tidak ada: {', '.join(sorted(unknown))}; yang ada: {', '.join(found)}", file=sys.stderr)
        return 2
    if len(wanted) == 1:
        return _one(wanted[0])
    # Each in a process of its own: two of them each need a database of their own, and Django knows one.
    failed = [
        name
        for name in wanted or found
        if subprocess.run([sys.executable, "-m", "bench", name], check=False).returncode
    ]
    if failed:
        print(f"gagal: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _one(name: str) -> int:
    print(f"== {name}", flush=True)
    found = importlib.import_module(f"bench.{name}").run() or []
    if isinstance(found, dict):
        found = [f"{key}: {value}" for key, value in found.items()]
    for line in found:
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
