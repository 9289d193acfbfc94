"""Stages 4 to 6 and the last: the law on everybody, the budgets, the allocation, the count."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from jaring.coverage import actions as coverage
from jaring.cycle.job import Job, Result
from jaring.cycle.saving import measured
from jaring.decide import actions as decisions
from jaring.decide import rules, workers
from jaring.decide.local import settings
from jaring.enrolment.models import Batch
from jaring.enrolment.pausing import paused
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.funding import actions as funding
from jaring.funding import candidates
from jaring.funding.models import Proposal
from jaring.funding.sources import order_of
from jaring.people import register
from jaring.rosters.frame import accepted
from jaring.tables.frames import read


def decide(job: Job) -> Result:
    """One worker per person out of all lists, the law applied, the decision kept."""
    if _sent(job):
        return Result(_standing(job))
    rows = accepted(columns=workers.SAID).join(
        read("SELECT row_id, person_id FROM people_link"), on="row_id", how="left"
    )
    paid = read(
        "SELECT person_id, month, source FROM enrolment_personmonth WHERE state = 'paid' AND month < %s",
        [job.month.first],
    )
    own = settings()
    decided = rules.decide(workers.build(job.month, rows, register.people(), paid), own)
    stored = decisions.store(job.month, decided, by=job.by, settings=own)
    reasons = decided.filter(~pl.col("eligible"))["reason"].value_counts(sort=True)
    return Result(
        {
            "orang": decided.height,
            "layak": int(decided["eligible"].sum()),
            "ditolak": dict(reasons.iter_rows()),
            **stored,
        }
    )


def _sent(job: Job) -> bool:
    """Once names of a month have gone to the insurer, whoever comes later begins with the next month."""
    return Batch.objects.filter(month=job.month.first, state="approved").exists()


def _standing(job: Job) -> dict[str, object]:
    rows = read(
        """SELECT count(*) AS orang, count(*) FILTER (WHERE eligible) AS layak FROM decide_decision
            WHERE month = %s AND superseded_at IS NULL""",
        [job.month.first],
    )
    return rows.row(0, named=True)


def budget(job: Job) -> Result:
    """Every budget file (``dpa*``) of the inbox; the same file again changes nothing."""
    files = sorted(p for p in job.inbox.rglob("dpa*") if p.suffix.lower() in {".xlsx", ".csv", ".ods"})
    loaded = [fund for file in files for fund in funding.load_budgets(Path(file), by=job.by)]
    return Result({"dana": len(loaded), "pagu_idr": sum(fund.budget_idr for fund in loaded)})


def fund(job: Job) -> Result:
    """The rule-based allocation with the optimum beside it; approved when a checker was named."""
    if _sent(job):
        proposal = Proposal.objects.filter(month=job.month.first, state="approved").order_by("id").last()
        return Result({"terdanai": proposal.funded, "nilai_idr": proposal.funded_idr} if proposal else {})
    own = settings()
    proposal = funding.propose(job.month, offers(job.month), by=job.by)
    spared = measured(job.month, own)
    counts = {
        "layak": proposal.candidates,
        "terdanai": proposal.funded,
        "nilai_idr": proposal.funded_idr,
        "menunggu": proposal.waiting,
        "optimum_orang": proposal.optimum_people,
        "optimum_idr": proposal.optimum_idr,
        "hilang_terhadap_optimum_per_seribu": _lost(proposal.rule_weighted, proposal.optimum_weighted),
        "diklaim_beberapa_daftar": spared.people.height,
        "tidak_dibayar_dua_kali_idr": spared.saved_idr,
    }
    if proposal.state != "approved":
        if job.checker is None:
            return Result(counts, f"persetujuan usulan dana nomor {proposal.pk} oleh orang kedua")
        try:
            funding.approve(proposal, by=job.checker)
        except Refused as refused:
            return Result(counts, refused.reason.sentence)
    return Result(counts)


def offers(month: Month) -> pl.DataFrame:
    """What the waterfall walks: each eligible worker with the sources that may pay.

    The paused get none, nor those whom the insurer cannot enrol as long as their NIK or name is missing.
    """
    people = decisions.eligible(month)
    people = people.with_columns(
        paused=pl.col("person_id").is_in(paused(month)),
        unidentified=pl.col("person_id").is_in(register.unidentified()),
    )
    return candidates.build(people, month=month, order=order_of(month), settings=settings())


def _lost(rule: int, optimum: int) -> int:
    """How much of the optimum's weighted person-months the rule's order leaves, in thousandths."""
    return (optimum - rule) * 1000 // optimum if optimum else 0


def cover(job: Job) -> Result:
    """Every measure of the month."""
    inputs = coverage.month_inputs(job.month, job.region, register.traits())
    counts = coverage.keep(inputs, by=job.by)
    return Result({"terlindungi": inputs.paid.height, "di_daftar_bpjs": inputs.observed.height, **counts})
