"""The writers of funding: budgets, proposals, approvals. What happens after is in ``actions_after``.

Locks are taken in one order everywhere: proposal, funds by id, awards, ledger, journal.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.facts.rupiah import written
from jaring.funding import budgets, optimum, register, waterfall
from jaring.funding.actions_commit import commit, leave_out
from jaring.funding.models import Award, Change, Fund, Proposal, Waiting
from jaring.funding.policy import PROPOSAL, may
from jaring.funding.sources import known, order_of
from jaring.journal.actions import record
from jaring.ledger import events
from jaring.ledger.actions import Draft, open_accounts, post, post_all
from jaring.officers.approving import within
from jaring.rosters import reading
from jaring.tables.frames import analyse, copy_in, read

_SHOWN = 5


def load_budgets(given: Path | str | reading.Sheets, *, by: str) -> list[Fund]:
    """Read a budget file, or take one that was read, and load or change its funds. All of it or nothing.

    A fund that is already there gets a new version with its history (APBD-P, addendum); its budget
    never falls below what is committed. The same file again changes nothing.
    """
    read_ = given if isinstance(given, reading.Sheets) else reading.read(given)
    sheets = [(sheet.name, sheet.frame.rows()) for sheet in read_.sheets]
    rows, faults = budgets.check(sheets, known(timezone.localdate()))
    if faults:
        listed = "; ".join(str(fault) for fault in faults[:_SHOWN])
        more = f"; dan {len(faults) - _SHOWN} lagi" if len(faults) > _SHOWN else ""
        raise refuse(
            "anggaran-tidak-sah",
            f"Berkas {read_.file_name} memuat {len(faults)} kesalahan, tidak ada yang dimuat: "
            f"{listed}{more}.",
            faults[0].mend,
        )
    return _load(rows, file_name=read_.file_name, sha256=read_.sha256, by=by)


#: What makes a fund the one it is; a file may not change these under the same code.
_IDENTITY = ("source", "year", "desa_code", "segments", "holder", "wadah")
#: Awards from which on a change of state changes what the planner should know.
_MANY = 5_000


def _opened(fresh: pl.DataFrame) -> dict[str, Fund]:
    """Funds that were not there yet, still without money, by code."""
    Fund.objects.bulk_create(
        Fund(
            code=row["code"],
            budget_idr=0,
            month_from=row["month_from"],
            month_to=row["month_to"],
            document=row["document"],
            **{name: row[name] for name in _IDENTITY},
        )
        for row in fresh.iter_rows(named=True)
    )
    made = Fund.objects.select_for_update().filter(code__in=fresh["code"].to_list())
    return {fund.code: fund for fund in made}


@transaction.atomic
def _load(rows: pl.DataFrame, *, file_name: str, sha256: str, by: str) -> list[Fund]:
    open_accounts(rows["code"].to_list(), by=by)
    held = {
        f.code: f
        for f in Fund.objects.select_for_update().filter(code__in=rows["code"].to_list()).order_by("id")
    }
    held |= _opened(rows.filter(~pl.col("code").is_in(list(held))))
    versions = dict(
        read(
            "SELECT fund_id, max(version)::bigint AS version FROM funding_change GROUP BY fund_id"
        ).iter_rows()
    )
    changes, drafts, after = [], [], []
    for row in rows.iter_rows(named=True):
        fund = held[row["code"]]
        wanted = tuple(row[n] for n in ("budget_idr", "month_from", "month_to", "document"))
        if fund.pk in versions and wanted == (fund.budget_idr, fund.month_from, fund.month_to, fund.document):
            continue
        _may_change(fund, row, file_name, _IDENTITY)
        change = Change(
            fund=fund,
            version=versions.get(fund.pk, 0) + 1,
            before_idr=fund.budget_idr,
            budget_idr=row["budget_idr"],
            month_from=row["month_from"],
            month_to=row["month_to"],
            document=row["document"],
            file_name=file_name[:200],
            sha256=sha256,
            by=by,
        )
        changes.append(change)
        lines = events.budget_changed(fund.code, row["budget_idr"] - fund.budget_idr)
        if lines:
            key = f"anggaran:{fund.code}:v{change.version}"
            day = timezone.localdate()
            drafts.append(Draft(key, day, f"Pagu {fund.code}", row["document"], tuple(lines)))
        fund.budget_idr, fund.document = row["budget_idr"], row["document"]
        fund.month_from, fund.month_to = row["month_from"], row["month_to"]
        after.append(fund)
    if not changes:
        return [held[code] for code in rows["code"].to_list()]
    Fund.objects.bulk_update(after, ["budget_idr", "document", "month_from", "month_to"])
    Change.objects.bulk_create(changes)
    if drafts:
        post_all(drafts, by=by)
    record(
        "funding.load_budgets",
        file_name[:200],
        by=by,
        sha256=sha256,
        funds=rows.height,
        changed=len(changes),
        budget_idr=int(rows["budget_idr"].sum()),
    )
    return [held[code] for code in rows["code"].to_list()]


def _may_change(fund: Fund, row: dict[str, object], file_name: str, identity: Sequence[str]) -> None:
    place = f"Berkas {file_name}, lembar {row['sheet']} baris {row['row']}"
    other = [budgets.TITLES[name] for name in identity if getattr(fund, name) != row[name]]
    if other:
        raise refuse(
            "dana-lain-dengan-kode-sama",
            f"{place} kolom {other[0]}: berbeda dari dana {fund.code} yang sudah ada.",
            "Pakai KODE DANA lain untuk dana yang baru, atau samakan isinya.",
        )
    if int(str(row["budget_idr"])) < fund.committed_idr:
        raise refuse(
            "pagu-di-bawah-komitmen",
            f"{place} kolom PAGU: {written(int(str(row['budget_idr'])))} kurang dari yang sudah "
            f"dijanjikan dana {fund.code}, {written(fund.committed_idr)}.",
            "Hentikan dulu sebagian penerima lewat mutasi, atau naikkan pagunya.",
        )
    outside = Award.objects.filter(fund=fund, state="active").exclude(
        month_from__gte=row["month_from"], month_to__lte=row["month_to"]
    )
    if outside.exists():
        raise refuse(
            "bulan-sudah-dijanjikan",
            f"{place}: ada penerima dana {fund.code} dengan bulan di luar masa yang baru.",
            "Hentikan dulu penerima itu lewat mutasi, atau biarkan masanya.",
        )


def propose(
    month: Month, candidates: pl.DataFrame, *, by: str, order: Sequence[str] | None = None
) -> Proposal:
    """Walk the waterfall over the funds as they stand and store the outcome with the optimum beside it.

    ``candidates`` as in ``funding.waterfall``. The same inputs give back the proposal that is there; a
    proposal of the month not yet approved is replaced by one from newer inputs.
    """
    with transaction.atomic():
        return _propose(month, candidates, tuple(order or order_of(month)), by=by)


def _propose(month: Month, candidates: pl.DataFrame, order: tuple[str, ...], *, by: str) -> Proposal:
    with connection.cursor() as cursor:
        # Two proposals of one month wait for each other; those of other months do not.
        cursor.execute("SELECT pg_advisory_xact_lock(504100, %s)", [month.ordinal])
    digest = _digest(month, candidates, order)
    alike = Proposal.objects.filter(month=month.first, digest=digest, state__in=["proposed", "approved"])
    same = alike.first()
    if same is not None:
        return same
    awarded = read(
        """SELECT person_id FROM funding_award
           WHERE state = 'active' AND month_from <= %(m)s AND month_to >= %(m)s""",
        {"m": month.first},
    )["person_id"].to_list()
    run = waterfall.prepare(candidates, register.funds(), month=month, order=order, awarded=awarded)
    awards, waiting = waterfall.walk(run)
    best = optimum.best(run)
    _replace_open(month)
    proposal = Proposal.objects.create(
        month=month.first,
        digest=digest,
        sources=list(order),
        candidates=run.people.height,
        funded=awards.height,
        funded_idr=int(awards["total_idr"].sum()),
        waiting=waiting.height,
        rule_weighted=run.weighted(awards),
        optimum_weighted=best.weighted,
        bound_weighted=best.bound,
        optimum_people=best.awards.height,
        optimum_idr=best.total_idr,
        made_by=by,
    )
    _store(proposal, awards, waiting)
    record(
        "funding.propose",
        f"{month} #{proposal.pk}",
        by=by,
        candidates=proposal.candidates,
        funded=proposal.funded,
        funded_idr=proposal.funded_idr,
        waiting=proposal.waiting,
        digest=digest.hex(),
    )
    return proposal


def _digest(month: Month, candidates: pl.DataFrame, order: tuple[str, ...]) -> bytes:
    """SHA-256 over what decides the outcome: candidates, funds, earlier awards and releases.

    Not over what this month's own proposals committed, nor over months ahead that its mutations freed:
    the same run again must find them. Those months are for the replacements of the next run.
    """
    hashed = hashlib.sha256(f"jaring-proposal-1 {month} {' '.join(order)}".encode())
    state = read(
        """SELECT f.code, f.budget_idr, f.month_from, f.month_to, f.desa_code,
                  coalesce(sum(a.total_idr) FILTER (WHERE a.state <> 'draft' AND p.month <> %(m)s), 0)::bigint
                    AS earlier,
                  (SELECT coalesce(sum(r.amount_idr), 0)::bigint FROM funding_release r
                   JOIN funding_award x ON x.id = r.award_id
                   WHERE x.fund_id = f.id AND r.from_month <= %(m)s) AS released
           FROM funding_fund f LEFT JOIN funding_award a ON a.fund_id = f.id
           LEFT JOIN funding_proposal p ON p.id = a.proposal_id GROUP BY f.id ORDER BY f.code""",
        {"m": month.first},
    )
    for frame in (candidates.sort("person_id", "source"), state):
        hashed.update(_plain(frame).write_csv(None).encode())
    return hashed.digest()


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text. Few differ, as few cases are priced: each is written once and looked up."""
    for name, kind in frame.schema.items():
        if isinstance(kind, pl.List):
            text = pl.col(name).cast(pl.List(pl.String)).list.join(";").alias("written")
            lists = frame.select(name).unique().with_columns(text)
            frame = frame.join(lists, on=name, how="left", nulls_equal=True, maintain_order="left")
            frame = frame.drop(name).rename({"written": name})
    return frame


def _replace_open(month: Month) -> None:
    """Drop the draft of the month, if there is one; its numbers stay with the replaced proposal."""
    for old in Proposal.objects.select_for_update().filter(month=month.first, state="proposed"):
        close_open(old, "replaced")


def close_open(old: Proposal, state: str) -> None:
    """Take a proposal that waits out of the way: its lines go, its numbers and who closed it stay."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM funding_award WHERE proposal_id = %s AND state = 'draft'", [old.pk])
        cursor.execute("DELETE FROM funding_waiting WHERE proposal_id = %s", [old.pk])
    old.state = state
    old.save(update_fields=["state", "refused_by", "refused_at", "refusal"])


def _store(proposal: Proposal, awards: pl.DataFrame, waiting: pl.DataFrame) -> None:
    ids = register.funds().select("fund", "fund_id")
    own = pl.lit(proposal.pk, dtype=pl.Int64).alias("proposal_id")
    copy_in(
        awards.join(ids, on="fund", maintain_order="left").select(
            "person_id",
            "fund_id",
            own,
            pl.lit("draft").alias("state"),
            pl.col("segment", "kind", "programmes").fill_null(""),
            "base_idr",
            "month_from",
            "month_to",
            "price_idr_month",
            "prices_idr",
            "total_idr",
            "rank",
        ),
        Award,
    )
    copy_in(
        waiting.select(
            "person_id",
            own,
            "rank",
            "reason",
            pl.col("source").fill_null(""),
            fund_code=pl.col("fund").fill_null(""),
        ),
        Waiting,
    )


@transaction.atomic
def approve(
    proposal: Proposal | int, *, by: str, day: dt.date | None = None, limit_idr: int | None = None
) -> Proposal:
    """Commit the money of a proposal. Not by its maker; again by anyone else changes nothing.

    ``limit_idr``: the largest sum that this checker approves; None = no limit.

    Who was held back since it was proposed is left out and waits. Refused, with nothing committed, when
    a fund no longer holds what the proposal takes, or when one of its people got another payer meanwhile.
    """
    pk = proposal if isinstance(proposal, int) else proposal.pk
    held = Proposal.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        raise refuse("usulan-tidak-ada", f"Usulan nomor {pk} tidak ada.", "Lihat daftar usulan.")
    if by.strip().casefold() == held.made_by.strip().casefold():
        raise refuse(
            "pembuat-bukan-pemeriksa",
            "Usulan tidak dapat disetujui oleh pembuatnya.",
            "Minta pejabat lain memeriksa dan menyetujuinya.",
        )
    if held.state == "approved":
        return held
    if not may(PROPOSAL, held.state, "approved"):
        raise refuse(
            "usulan-sudah-diganti",
            f"Usulan nomor {pk} {_CLOSED[held.state]}.",
            "Periksa dan setujui usulan yang terbaru bulan itu.",
        )
    within(held.funded_idr, limit_idr)
    held_back = leave_out(held)
    taken = commit(held.pk)
    _activate(held)
    held.state, held.approved_by, held.approved_at = "approved", by, timezone.now()
    held.save(update_fields=["state", "approved_by", "approved_at", "funded", "funded_idr", "waiting"])
    lines = [line for code, amount in taken for line in events.committed(code, amount)]
    month = Month.of(held.month)
    if lines:
        memo = f"Komitmen {held.funded} orang mulai {month.name}"
        post(f"komitmen:{held.pk}", day or timezone.localdate(), memo, f"Usulan {held.pk}", lines, by=by)
    record(
        "funding.approve",
        f"{month} #{held.pk}",
        by=by,
        made_by=held.made_by,
        funded=held.funded,
        committed_idr=sum(amount for _, amount in taken),
        funds=len(taken),
        ditahan=held_back,
    )
    return held


def _activate(held: Proposal) -> None:
    try:
        with transaction.atomic():
            active = Award.objects.filter(proposal=held, state="draft").update(state="active")
    except IntegrityError as clash:
        raise refuse(
            "sudah-ada-pembayar",
            "Ada orang dalam usulan ini yang bulannya sudah dibayar dana lain.",
            "Buat usulan baru dari keadaan sekarang.",
        ) from clash
    if active >= _MANY:
        # The decree that follows would be planned as if nothing were active: award by award.
        analyse(Award._meta.db_table)


_CLOSED = {
    "replaced": "sudah diganti usulan yang lebih baru",
    "refused": "sudah ditolak",
    "withdrawn": "sudah ditarik pembuatnya",
}
