"""The month as a list of steps: what each has come to, what waits and for whom. Counts only; reads only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jaring.cycle.models import Step
from jaring.facts.month import Month
from jaring.facts.rupiah import dotted, written
from jaring.rosters.formats import formats
from jaring.tables.frames import read

#: done: nothing is left · now: can be done here now · waits: somebody else is awaited · later: not yet.
STATES = {"done": "selesai", "now": "dapat dikerjakan", "waits": "menunggu", "later": "nanti"}


@dataclass(frozen=True, slots=True)
class Point:
    """One step. ``stages``: the stages that do it, where the office can start them; ``page``: its pages."""

    code: str
    title: str
    state: str
    said: str
    waits_for: str = ""
    who: str = ""
    stages: tuple[str, ...] = ()
    button: str = ""
    page: str = ""
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def state_title(self) -> str:
        return STATES[self.state]


def points(month: Month) -> list[Point]:
    """Every step of ``month`` in its order."""
    n = _counted(month)
    done = set(Step.objects.filter(month=month.first).values_list("name", flat=True))
    return [
        _lists(n),
        _people(n),
        _law(n, done),
        _budgets(n),
        _funding(n),
        _decree(n),
        _batch(n),
        _answers(n),
        _mutations(n),
        _bills(n),
        _payment(n),
        _coverage(n, done),
    ]


def next_point(listed: list[Point]) -> Point | None:
    """The first step that can be done here now; when none can, the first that somebody is awaited for."""
    ready = [point for point in listed if point.state == "now"]
    waits = [point for point in listed if point.state == "waits"]
    return next(iter([*ready, *waits]), None)


def undecreed(month: Month) -> bool:
    """Whether money was promised to somebody who stands in no decree yet."""
    found = read(f"SELECT EXISTS (SELECT 1 {_UNDECREED}) AS some", {"m": month.first})
    return bool(found["some"].item())


def months() -> list[Month]:
    """Months that any paper or stage speaks of, the newest first."""
    found = read(
        """SELECT DISTINCT month FROM (SELECT month FROM cycle_step UNION SELECT month FROM decide_decision
             UNION SELECT month FROM enrolment_batch UNION SELECT month FROM enrolment_bill) m
            ORDER BY 1 DESC"""
    )
    return [Month.of(day) for day in found["month"]]


#: Money promised to somebody who stands in no decree; whoever is held back waits for a person.
_UNDECREED = """FROM funding_award a
    WHERE a.state = 'active' AND a.month_from <= %(m)s AND a.month_to >= %(m)s
      AND NOT EXISTS (SELECT 1 FROM enrolment_decreeline l WHERE l.award_id = a.id AND l.stands)
      AND a.person_id NOT IN (SELECT person_id FROM enrolment_open_pauses() WHERE from_month <= %(m)s)"""

#: Each large table is gone through once: the first page of the office asks this.
_COUNTS = f"""WITH lines AS (
    SELECT l.state, l.mended, count(*) AS n
      FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
     WHERE b.month = %(m)s AND b.state = 'approved' GROUP BY 1, 2),
  months AS (
    SELECT state, count(*) AS n, sum(iuran_idr)::bigint AS idr FROM enrolment_personmonth
     WHERE month = %(m)s AND source_kind = 'programme' GROUP BY 1),
  decisions AS (
    SELECT eligible, count(*) AS n FROM decide_decision
     WHERE month = %(m)s AND superseded_at IS NULL GROUP BY 1),
  -- Whoever is held back waits for a person, not for the next file.
  held AS (SELECT person_id FROM enrolment_open_pauses() WHERE from_month <= %(m)s),
  lists AS (
    SELECT count(*) AS n, sum(accepted) AS rows, sum(quarantined) AS held,
           sum(accepted) FILTER (WHERE kind = ANY(%(k)s)) AS people
      FROM rosters_roster WHERE state = 'received'),
  funds AS (
    SELECT count(*) AS n, sum(budget_idr) AS budget, sum(committed_idr) AS committed
      FROM funding_fund WHERE year = %(y)s),
  bills AS (
    SELECT count(*) AS n, count(*) FILTER (WHERE state IN ('different', 'changed')) AS different,
           sum(billed_idr) AS idr FROM enrolment_bill WHERE month = %(m)s AND state <> 'withdrawn')
SELECT lists.n AS lists, coalesce(lists.rows, 0)::bigint AS rows_in, coalesce(lists.held, 0)::bigint AS held,
  coalesce(lists.people, 0)::bigint AS rows_of_people,
  (SELECT count(*) FROM people_link) AS linked,
  (SELECT count(*) FROM people_review WHERE state IN ('open', 'answered')) AS doubtful,
  (SELECT count(*) FROM people_review WHERE state = 'asked') AS asked,
  (SELECT coalesce(sum(n), 0)::bigint FROM decisions) AS decided,
  (SELECT coalesce(sum(n), 0)::bigint FROM decisions WHERE eligible) AS eligible,
  funds.n AS funds, coalesce(funds.budget, 0)::bigint AS budget_idr,
  coalesce(funds.committed, 0)::bigint AS committed_idr,
  (SELECT max(id) FROM funding_proposal WHERE month = %(m)s AND state = 'proposed') AS proposed,
  (SELECT coalesce(sum(funded), 0)::bigint FROM funding_proposal
    WHERE month = %(m)s AND state IN ('proposed', 'approved')) AS funded,
  (SELECT count(*) FROM funding_proposal WHERE month = %(m)s AND state = 'approved') AS approved,
  (SELECT count(*) FROM enrolment_decree WHERE month = %(m)s AND state = 'draft') AS decree_drafts,
  (SELECT count(*) FROM enrolment_decree WHERE month = %(m)s AND state = 'approved') AS decrees,
  (SELECT coalesce(sum(people), 0)::bigint FROM enrolment_decree
    WHERE month = %(m)s AND state = 'approved') AS decreed,
  (SELECT count(*) {_UNDECREED}) AS undecreed,
  (SELECT count(*) FROM enrolment_batch WHERE month = %(m)s AND state = 'draft') AS batch_drafts,
  (SELECT count(*) FROM enrolment_batch WHERE month = %(m)s AND state = 'approved') AS batches,
  (SELECT count(*) FROM enrolment_personmonth p WHERE p.month = %(m)s AND p.state = 'decreed'
     AND NOT EXISTS (SELECT 1 FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
       WHERE l.person_id = p.person_id AND l.wadah = p.wadah AND l.month = p.month
         AND b.state IN ('draft', 'approved'))
     AND p.person_id NOT IN (SELECT person_id FROM held)) AS unsent,
  (SELECT coalesce(sum(n), 0)::bigint FROM lines) AS sent,
  (SELECT coalesce(sum(n), 0)::bigint FROM lines WHERE state IN ('rcvd', 'pdng')) AS silent,
  (SELECT coalesce(sum(n), 0)::bigint FROM lines WHERE state = 'rjct' AND NOT mended) AS refused,
  (SELECT count(*) FROM enrolment_mutation
    WHERE from_month BETWEEN %(m)s AND (%(m)s + interval '1 month')) AS mutations,
  (SELECT count(*) FROM enrolment_vacancy WHERE came_person_id IS NULL) AS vacant,
  (SELECT count(*) FROM enrolment_report WHERE state = 'reported') AS reported,
  bills.n AS bills, bills.different, coalesce(bills.idr, 0)::bigint AS billed_idr,
  (SELECT coalesce(sum(n), 0)::bigint FROM months WHERE state = 'enrolled') AS enrolled,
  (SELECT coalesce(sum(n), 0)::bigint FROM months WHERE state IN ('billed', 'unpaid')) AS owed,
  (SELECT coalesce(sum(idr), 0)::bigint FROM months WHERE state IN ('billed', 'unpaid')) AS owed_idr,
  (SELECT coalesce(sum(n), 0)::bigint FROM months WHERE state = 'paid') AS paid
  FROM lists, funds, bills"""  # noqa: S608  put together from a constant


def _counted(month: Month) -> dict[str, Any]:
    kinds = [name for name, own in formats().items() if own.persons]
    return read(_COUNTS, {"m": month.first, "y": month.year, "k": kinds}).row(0, named=True)


_OFFICE, _CHECKER, _BRANCH = "Disnakertrans", "Kepala Disnakertrans atau Sekda", "BPJS cabang"


def _lists(n: dict[str, Any]) -> Point:
    state = "done" if n["lists"] else "now"
    said = f"{dotted(n['lists'])} berkas, {dotted(n['rows_in'])} baris diterima, {dotted(n['held'])} ditahan"
    waits = "" if n["lists"] else "daftar dari desa dan dinas"
    who = "Desa, dinas, Disnakertrans"
    return Point("lists", "Daftar masuk", state, said, waits, who, page="lists", figures={"held": n["held"]})


def _people(n: dict[str, Any]) -> Point:
    left = n["rows_of_people"] - n["linked"]
    said = f"{dotted(n['linked'])} baris sudah diketahui milik siapa"
    waits = []
    if left > 0:
        waits.append(f"{dotted(left)} baris belum dikenali")
    if n["doubtful"]:
        waits.append(f"{dotted(n['doubtful'])} pasangan meragukan perlu diputuskan")
    if n["asked"]:
        waits.append(f"{dotted(n['asked'])} ditanyakan ke desa")
    state = "later" if not n["lists"] else "now" if left > 0 or n["doubtful"] else "done"
    stages = ("recognise", "observe") if left > 0 else ()
    return Point(
        "people",
        "Orang dikenali",
        state,
        said,
        "; ".join(waits),
        _OFFICE,
        stages,
        "Kenali orang sekarang",
        "review_queue",
        {"doubtful": n["doubtful"]},
    )


def _law(n: dict[str, Any], done: set[str]) -> Point:
    if not n["linked"]:
        return Point("law", "Hukum diterapkan", "later", "Setelah orang dikenali.", who="Sistem")
    said = f"{dotted(n['decided'])} orang diputuskan, {dotted(n['eligible'])} layak"
    state = "done" if n["decided"] else "now"
    title = "Terapkan hukum" if state == "now" else "Terapkan lagi"
    return Point("law", "Hukum diterapkan", state, said, "", "Sistem", ("decide",), title)


def _budgets(n: dict[str, Any]) -> Point:
    if not n["funds"]:
        said = "Belum ada anggaran tahun ini."
        return Point("budgets", "Anggaran", "now", said, "berkas DPA", _OFFICE, page="funding_budgets")
    budget, promised = written(n["budget_idr"]), written(n["committed_idr"])
    said = f"{dotted(n['funds'])} dana, pagu {budget}, dijanjikan {promised}"
    return Point("budgets", "Anggaran", "done", said, "", _OFFICE, page="funding_budgets")


def _funding(n: dict[str, Any]) -> Point:
    title, page = "Siapa yang dibayari", "funding"
    if n["proposed"]:
        waits, who = "persetujuan usulan", _CHECKER
        said = f"{dotted(n['funded'])} orang diusulkan"
        return Point("funding", title, "waits", said, waits, who, ("fund",), "Usulkan lagi", page)
    if n["approved"]:
        said = f"{dotted(n['funded'])} orang disetujui"
        return Point("funding", title, "done", said, "", _OFFICE, ("fund",), "Usulkan lagi", page)
    state = "now" if n["eligible"] and n["funds"] else "later"
    said = "Belum diusulkan." if state == "now" else "Setelah hukum diterapkan dan anggaran dimuat."
    return Point("funding", title, state, said, "", _OFFICE, ("fund",), "Usulkan pembagian dana", page)


def _decree(n: dict[str, Any]) -> Point:
    title, page = "SK dan lampirannya", "papers"
    said = f"{dotted(n['decrees'])} SK ditandatangani, {dotted(n['decreed'])} orang"
    if n["decree_drafts"]:
        who = _CHECKER
        return Point("decree", title, "waits", said, "tanda tangan SK", who, page=page)
    if n["undecreed"]:
        waits = f"{dotted(n['undecreed'])} orang belum masuk SK"
        return Point("decree", title, "now", said, waits, _OFFICE, ("decree",), "Susun SK", page)
    if not n["decrees"]:
        return Point("decree", title, "later", "Setelah dana disetujui.", "", _OFFICE, page=page)
    return Point("decree", title, "done", said, "", _OFFICE, page=page)


def _batch(n: dict[str, Any]) -> Point:
    title, page = "Berkas kirim ke BPJS", "papers"
    said = f"{dotted(n['batches'])} berkas disetujui, {dotted(n['sent'])} baris terkirim"
    if n["batch_drafts"]:
        waits, who = (
            f"persetujuan {dotted(n['batch_drafts'])} berkas kirim",
            "Kepala Disnakertrans atau Sekda",
        )
        return Point("batch", title, "waits", said, waits, who, page=page)
    if n["unsent"]:
        waits = f"{dotted(n['unsent'])} orang dalam SK belum dikirim"
        return Point("batch", title, "now", said, waits, _OFFICE, ("batch",), "Susun berkas kirim", page)
    if not n["batches"]:
        return Point("batch", title, "later", "Setelah SK ditandatangani.", "", _OFFICE, page=page)
    return Point("batch", title, "done", said, "", _OFFICE, ("batch",), "Susun susulan", page)


def _answers(n: dict[str, Any]) -> Point:
    title, page = "Jawaban BPJS", "papers"
    if not n["sent"]:
        return Point("answers", title, "later", "Setelah berkas dikirim.", "", _BRANCH, page=page)
    answered = n["sent"] - n["silent"]
    said = f"{dotted(answered)} dari {dotted(n['sent'])} baris dijawab, {dotted(n['refused'])} ditolak"
    if n["silent"]:
        waits = f"jawaban atas {dotted(n['silent'])} baris"
        return Point("answers", title, "waits", said, waits, _BRANCH, page=page)
    return Point("answers", title, "done", said, "", _BRANCH, page=page)


def _mutations(n: dict[str, Any]) -> Point:
    said = f"{dotted(n['mutations'])} mutasi untuk bulan ini dan berikutnya"
    waits = []
    if n["reported"]:
        waits.append(f"{dotted(n['reported'])} laporan desa menunggu keputusan")
    if n["vacant"]:
        waits.append(f"{dotted(n['vacant'])} tempat kosong menunggu pengganti")
    state = "now" if n["reported"] else "done"
    return Point("mutations", "Mutasi", state, said, "; ".join(waits), "Desa, Disnakertrans", page="changes")


def _bills(n: dict[str, Any]) -> Point:
    title, page = "Tagihan", "bills"
    if not n["bills"]:
        state = "waits" if n["enrolled"] else "later"
        waits = "tagihan dari BPJS" if state == "waits" else ""
        said = f"{dotted(n['enrolled'])} orang terdaftar, belum ditagih"
        return Point("bills", title, state, said, waits, _BRANCH, page=page)
    said = f"{dotted(n['bills'])} tagihan, {written(n['billed_idr'])}"
    if n["different"]:
        waits = f"{dotted(n['different'])} tagihan berbeda dengan daftar"
        return Point("bills", title, "now", said, waits, "Disnakertrans, BPJS cabang", page=page)
    return Point("bills", title, "done", said, "", _BRANCH, page=page)


def _payment(n: dict[str, Any]) -> Point:
    said = f"{dotted(n['paid'])} orang sudah dibayar"
    if n["owed"]:
        waits = f"SP2D atas {written(n['owed_idr'])} untuk {dotted(n['owed'])} orang"
        return Point("payment", "Pembayaran", "waits", said, waits, "BPKAD", page="bills")
    return Point("payment", "Pembayaran", "done" if n["paid"] else "later", said, "", "BPKAD", page="bills")


def _coverage(n: dict[str, Any], done: set[str]) -> Point:
    counted = "cover" in done
    state = "done" if counted else "now" if n["paid"] else "later"
    said = "Angka bulan ini sudah dihitung." if counted else "Dihitung setelah ada yang dibayar."
    button = "Hitung lagi" if counted else "Hitung cakupan"
    return Point("coverage", "Cakupan", state, said, "", "Sistem", ("cover",), button, "coverage")
