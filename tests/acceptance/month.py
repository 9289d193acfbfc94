"""A month worked as an office works it: by commands, each a process of its own, on a database of its own."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from jaring.world import insurer

MONTH = "2026-04"
SEED = 7
JARING = str(Path(sys.executable).parent / "jaring")
#: Who a person is, whatever number the register gave: the sealed NIK, or else what is known of them.
_WHO = """WITH who AS (SELECT id, coalesce(encode(nik_bi, 'hex'),
                                    concat_ws('/', name, birth_date, sex, desa_code)) AS who
                FROM people_person) """
#: What a finished month is, told without running numbers, clocks or random identities.
_TOLD = {
    "rosters": "SELECT sha256, office, kind, rows_in, accepted, quarantined, state FROM rosters_roster",
    "rows": """SELECT o.sha256, r.sheet, r.row_no, r.accepted, r.name, length(r.secret) FROM rosters_row r
                 JOIN rosters_roster o ON o.id = r.roster_id""",
    "problems": """SELECT o.sha256, p.sheet, p.row_no, p.code, p.column FROM rosters_problem p
                     JOIN rosters_roster o ON o.id = p.roster_id""",
    "people": "SELECT who, name, birth_date, sex, desa_code FROM people_person JOIN who USING (id)",
    # Whether a link is called certain or likely is left out: linking the same rows twice does not
    # always give the two rows of a pair the same grade. Who they are, it always gives.
    "links": """SELECT o.sha256, r.sheet, r.row_no, l.state = 'review', w.who FROM people_link l
                  JOIN rosters_row r ON r.id = l.row_id JOIN rosters_roster o ON o.id = r.roster_id
                  JOIN who w ON w.id = l.person_id""",
    "reviews": "SELECT state, round(weight::numeric, 6) FROM people_review",
    "decisions": """SELECT who, month, eligible, reason, segment, kind, programmes FROM decide_decision d
                      JOIN who w ON w.id = d.person_id WHERE superseded_at IS NULL""",
    "funds": "SELECT code, budget_idr, committed_idr, spent_idr FROM funding_fund",
    "awards": """SELECT who, f.code, a.state, a.segment, a.month_from, a.month_to, a.total_idr
                   FROM funding_award a JOIN funding_fund f ON f.id = a.fund_id
                   JOIN who w ON w.id = a.person_id""",
    "months": """SELECT who, month, state, source, segment, wadah, iuran_idr, reason
                   FROM enrolment_personmonth m JOIN who w ON w.id = m.person_id""",
    "decrees": "SELECT number, month, people, months, total_idr, state FROM enrolment_decree",
    "batches": "SELECT number, month, wadah, source, people, iuran_idr, state FROM enrolment_batch",
    "lines": """SELECT b.number, who, l.action, l.iuran_idr, l.state, l.code FROM enrolment_batchline l
                  JOIN enrolment_batch b ON b.id = l.batch_id JOIN who w ON w.id = l.person_id""",
    "bills": "SELECT number, wadah, month, people, billed_idr, recomputed_idr, state FROM enrolment_bill",
    "payments": "SELECT number, date, amount_idr FROM enrolment_payment",
    "discrepancies": "SELECT code, month, amount_idr FROM enrolment_discrepancy",
    "ledger": "SELECT account_id, count(*), sum(amount_idr) FROM ledger_posting GROUP BY 1",
    "coverage": """SELECT measure, month, dimension, code, numerator, denominator FROM coverage_figure
                    WHERE superseded_at IS NULL""",
}


@dataclass(frozen=True)
class Office:
    """One installation: its home, its database, its inbox and outbox."""

    home: Path
    database: str
    world: Path
    outbox: Path

    @property
    def environment(self) -> dict[str, str]:
        owner = self.database.replace("jaring_app@", "jaring_owner@")
        names = {"JARING_HOME": str(self.home), "DATABASE_URL": self.database, "DATABASE_OWNER_URL": owner}
        return {**os.environ, **names}

    def command(self, *more: str, checker: bool = True) -> list[str]:
        job = [JARING, "run", str(self.world / "inbox"), "--month", MONTH, "--outbox", str(self.outbox)]
        return [*job, "--by", "staf", *(["--checker", "kabid"] if checker else []), *more]

    def run(self, checker: bool = True) -> tuple[int, dict[str, Any]]:
        """The month as far as it goes: the exit code, and each stage's counts and what it waits for."""
        ran = subprocess.run(
            self.command("--json", checker=checker), env=self.environment, capture_output=True, text=True
        )
        assert ran.returncode in (0, 1), ran.stderr[-2000:]
        whole = json.loads(ran.stdout)
        assert whole["month"] == MONTH
        return ran.returncode, {one["stage"]: one for one in whole["stages"]}

    def insurer_answers(self) -> None:
        """Refusals by what is true of each person. None by lot: that hangs on our own running numbers."""
        answers = self.world / "inbox" / "jawaban"
        real = insurer.rate
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(insurer, "rate", lambda name: 0.0 if name == "insurer_random" else real(name))
            insurer.answer(self.outbox / "kirim", answers, seed=SEED, truth=self.world / "truth")

    def treasury_pays(self) -> None:
        told = [JARING, "world", "pay", str(self.world / "inbox" / "jawaban")]
        subprocess.run([*told, str(self.world / "inbox" / "bpkad")], check=True, capture_output=True)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read as the owner: the office's own role is shown persons only within an officer's scope."""
        with psycopg.connect(self.environment["DATABASE_OWNER_URL"], autocommit=True) as link:
            return link.execute(query).fetchall()  # type: ignore[arg-type]

    def told(self) -> dict[str, tuple[int, str]]:
        """The month by natural keys: rows and one digest of each part."""
        return {name: _digest(self.rows(_WHO + query)) for name, query in _TOLD.items()}

    def differing(self, other: Office, name: str) -> list[str]:
        """A few rows that only one of two months has; everybody in them is invented."""
        ours, theirs = (set(map(repr, one.rows(_WHO + _TOLD[name]))) for one in (self, other))
        return [*sorted(ours - theirs)[:3], *sorted(theirs - ours)[:3]]

    def every_row(self) -> dict[str, tuple[int, str]]:
        """Every table, byte for byte, but for the note of when each stage last ran."""
        tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        known = [name for (name,) in tables if name not in {"cycle_step", "django_session"}]
        return {name: _digest(self.rows(f'SELECT t::text FROM "{name}" t')) for name in known}


def _digest(rows: list[tuple[Any, ...]]) -> tuple[int, str]:
    return len(rows), hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def settled(office: Office, copy_of: Path) -> Office:
    """A home with the keys of another, so that the same person has the same blind index in both."""
    office.home.mkdir(mode=0o755, parents=True, exist_ok=True)
    office.home.chmod(0o755)
    if (copy_of / "keys").exists():
        shutil.copytree(copy_of / "keys", office.home / "keys", dirs_exist_ok=True)
    return office


def made(world: Path) -> None:
    told = [JARING, "world", "make", "--size", "small", "--seed", str(SEED), str(world)]
    subprocess.run(told, check=True, capture_output=True)


def killed_run(office: Office, stages: int, wait: float) -> bool:
    """Kill the whole process group after so many stages and a while; whether it was still at work."""
    environment = {**office.environment, "PYTHONUNBUFFERED": "1"}
    run = subprocess.Popen(
        office.command(),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    seen = 0
    while seen < stages and (line := run.stdout.readline()):
        seen += line.startswith(("selesai", "menunggu"))
    # Whatever it still says is thrown away, so that it never waits for a reader.
    rest = threading.Thread(target=run.stdout.read)
    rest.start()
    time.sleep(wait)
    alive = run.poll() is None
    if alive:
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    rest.join()
    run.stdout.close()
    return alive
