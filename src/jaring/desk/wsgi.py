"""The door for the web server."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jaring.tables.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()


def _leave_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


# A process that was killed cannot tell those it started: they would hold the port against its next start.
if (_parent := multiprocessing.parent_process()) is not None:
    threading.Thread(target=_leave_with, args=[_parent], daemon=True).start()
