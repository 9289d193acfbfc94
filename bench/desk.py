"""The desk under a morning's load: sign-ins a minute against 500, and pages over a village's line.

Sign-ins are whole ones over HTTP at the served site (the page, its token, the password through Argon2id,
the session), by eight officers at a time from addresses of their own. Pages are opened in Chromium at
400 kbit/s with 300 ms each way to the server and an empty cache, then once more as the next visit.
"""

from __future__ import annotations

import datetime as dt
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

GOAL_A_MINUTE = 500
AT_ONCE = 8
SECONDS = 30
WORD = "kuda-lumping-di-pantai-surga"
DESA = "52.03.01.2001"
PAGES = ("/masuk/", "/desa/", "/desa/isian/", "/daftar/kirim/", "/orang/")
#: Bytes a second and seconds to the server and back: a village at the edge of a cell.
_LINE = 400_000 / 8
_WAY = 0.3
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


def run() -> list[str]:
    folder = Path(tempfile.mkdtemp(prefix="jaring-bench-"))
    folder.chmod(0o755)
    os.environ["JARING_HOME"] = str(folder)
    try:
        names = _officers(AT_ONCE)
        with _served() as port:
            return [*_sign_ins(port, names), *_slow_line(port, names[0])]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _officers(count: int) -> list[str]:
    from jaring.cli import django_ready

    django_ready()
    from django.utils import timezone

    from jaring.officers.actions import assign, changed_own_password, make_officer

    day = timezone.localdate()
    names = [f"desa.{number}" for number in range(count)]
    for name in names:
        officer, _ = make_officer(name, name.title(), "Kantor Desa", by="bench", password=WORD)
        end = day + dt.timedelta(days=300)
        assign(officer, "operator_desa", by="bench", territory=(DESA,), date_from=day, date_to=end)
        changed_own_password(officer, by=name)
    return names


@contextmanager
def _served() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(Path(sys.executable).parent / "jaring"), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _sign_in(port: int, name: str, address: str) -> float:
    """Seconds of one whole sign-in; RuntimeError when it was not let in."""
    started = time.perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address, 0))
    line.request("GET", "/masuk/")
    asked = line.getresponse()
    token = _TOKEN.search(asked.read())
    cookie = (asked.getheader("Set-Cookie") or "").partition(";")[0]
    if token is None:
        raise RuntimeError("no form")
    body = urlencode({"csrfmiddlewaretoken": token[1].decode(), "login": name, "password": WORD})
    heads = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    line.request("POST", "/masuk/", body, heads)
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 302 or "sesi=" not in str(answer.headers):
        raise RuntimeError(f"not let in: {answer.status}")
    return time.perf_counter() - started


def _sign_ins(port: int, names: list[str]) -> list[str]:
    end = time.perf_counter() + SECONDS

    def office(number: int) -> list[float]:
        # As many addresses as a minute of so many sign-ins would come from.
        taken: list[float] = []
        while time.perf_counter() < end:
            address = f"127.0.{number + 1}.{len(taken) % 20 + 1}"
            taken.append(_sign_in(port, names[number], address))
        return taken

    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = sorted(one for part in pool.map(office, range(AT_ONCE)) for one in part)
    rate = len(taken) / (time.perf_counter() - started) * 60
    late = taken[int(len(taken) * 0.95)]
    return [
        f"sign-ins: {rate:.0f} a minute = {rate / GOAL_A_MINUTE:.1f} times the {GOAL_A_MINUTE} to survive "
        f"({len(taken)} in {SECONDS} s, {AT_ONCE} at once)",
        f"  each {statistics.median(taken):.2f} s in the middle, {late:.2f} s at 95 %",
    ]


def _slow_line(port: int, name: str) -> list[str]:
    chromium = next(
        (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), ""
    )
    if not chromium:
        return ["slow line: no Chromium on this machine, not measured"]
    from playwright.sync_api import sync_playwright

    site, told = f"http://127.0.0.1:{port}", []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID").new_page()
        page.goto(f"{site}/masuk/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", WORD)
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        signed_in = page.context.cookies()
        for address in PAGES:
            context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
            context.add_cookies([] if address == "/masuk/" else signed_in)  # type: ignore[arg-type]
            visit = context.new_page()
            line = context.new_cdp_session(visit)
            line.send("Network.enable")
            slow = {"offline": False, "latency": _WAY * 1000, "downloadThroughput": _LINE}
            line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": _LINE})
            seconds = []
            for _ in range(2):
                started = time.perf_counter()
                answer = visit.goto(site + address, wait_until="domcontentloaded")
                seconds.append(time.perf_counter() - started)
            size = len(answer.body()) if answer else 0
            told.append(
                f"{address}: {seconds[0]:.1f} s to a page that can be used, {seconds[1]:.1f} s the next "
                f"time; {size / 1024:.0f} KB before packing"
            )
            context.close()
        browser.close()
    return [f"at 400 kbit/s and {_WAY * 1000:.0f} ms:", *told]
