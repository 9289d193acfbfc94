"""A month's allocation to read: by source, against the optimum, who waits and why. Writes nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from jaring.facts.month import Month
from jaring.facts.reason import Reason
from jaring.funding.models import Proposal, Waiting
from jaring.funding.reasons import reason as own_reason
from jaring.law import funding as law_funding
from jaring.law.loader import LawError
from jaring.law.reasons import reason as law_reason
from jaring.tables.frames import read

STATES = {
    "proposed": "menunggu persetujuan",
    "approved": "disetujui",
    "replaced": "diganti usulan lain",
    "refused": "ditolak",
    "withdrawn": "ditarik",
}


def proposals(month: Month) -> list[Proposal]:
    """Every proposal of a month, the newest first."""
    return list(Proposal.objects.filter(month=month.first).order_by("-pk"))


def by_source(proposal: Proposal) -> list[dict[str, Any]]:
    """``source, name, funds, budget_idr, committed_idr, spent_idr, people, asked_idr, months``: each source
    of the year, with what this proposal takes from it; the sources in the order they are asked."""
    found = read(
        """SELECT f.source, count(DISTINCT f.id) AS funds, sum(f.budget_idr)::bigint AS budget_idr,
                  sum(f.committed_idr)::bigint AS committed_idr, sum(f.spent_idr)::bigint AS spent_idr
             FROM funding_fund f WHERE f.year = %s GROUP BY f.source""",
        [proposal.month.year],
    )
    taken = read(
        """SELECT f.source, count(*) AS people, sum(a.total_idr)::bigint AS asked_idr,
                  sum(cardinality(a.prices_idr))::bigint AS months
             FROM funding_award a JOIN funding_fund f ON f.id = a.fund_id
            WHERE a.proposal_id = %s GROUP BY f.source""",
        [proposal.pk],
    )
    rows = found.join(taken, on="source", how="left").to_dicts()
    order = {code: place for place, code in enumerate(proposal.sources)}
    rows.sort(key=lambda row: order.get(row["source"], len(order)))
    return [{**row, "name": name(row["source"])} for row in rows]


def by_desa(proposal: Proposal, limit: int = 300) -> list[dict[str, Any]]:
    """``desa_code, people, asked_idr`` of the funded, the most first."""
    found = read(
        """SELECT p.desa_code, count(*) AS people, sum(a.total_idr)::bigint AS asked_idr
             FROM funding_award a JOIN people_person p ON p.id = a.person_id
            WHERE a.proposal_id = %s GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %s""",
        [proposal.pk, limit],
    )
    return found.to_dicts()


def reasons(proposal: Proposal) -> list[tuple[Reason, int]]:
    """Why those wait who wait, the commonest first."""
    found = read(
        """SELECT reason, count(*) AS people FROM funding_waiting WHERE proposal_id = %s
            GROUP BY reason ORDER BY people DESC, reason""",
        [proposal.pk],
    )
    return [(said(code), people) for code, people in found.iter_rows()]


def waiting(proposal: Proposal) -> QuerySet[Waiting]:
    """The waiting list of a proposal, by rank."""
    return Waiting.objects.filter(proposal=proposal).order_by("rank")


def said(code: str) -> Reason:
    """A reason in words; a code that nobody explains stands for itself."""
    found = own_reason(code)
    if found is not None:
        return found
    try:
        return law_reason(code)
    except LawError:
        return Reason(code, "note", code.replace("-", " "))


def name(source: str) -> str:
    """What people call a source of money."""
    return law_funding.source(source).name if source in law_funding.sources() else source


def lost_per_thousand(proposal: Proposal) -> int:
    """How much of the optimum's weighted person-months the rule leaves, in thousandths."""
    best = proposal.optimum_weighted
    return (best - proposal.rule_weighted) * 1000 // best if best else 0


def sent_back(maker: str) -> list[Proposal]:
    """Proposals of this maker that a checker refused and that no newer one of the month has replaced."""
    refused = Proposal.objects.filter(made_by=maker, state="refused")
    return [
        one
        for one in refused.order_by("pk")
        if not Proposal.objects.filter(month=one.month, pk__gt=one.pk).exists()
    ]
