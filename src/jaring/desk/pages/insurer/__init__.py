"""For the insurer's branch: clean files to fetch, answers and bills to give back, how each stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.messages import constants as level
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jaring.desk.areas import Item, Todo, Words
from jaring.desk.saying import dotted
from jaring.officers.scope import Scope, counting

_OWN = frozenset({"bpjs"})

MENU = (
    Item(gettext_lazy("Berkas kirim"), "insurer", "batch.fetch", 40, _OWN),
    Item(gettext_lazy("Jawaban"), "insurer_answers", "answer.give", 42, _OWN),
    Item(gettext_lazy("Tagihan"), "insurer_bills", "answer.give", 44, _OWN),
)


def todos(scope: Scope) -> Iterable[Todo]:
    """Batches to fetch, batches to answer, bills that differ."""
    from jaring.enrolment import answering

    if not any(grant.role in _OWN for grant in scope.grants):
        return
    months = answering.months()
    if not months:
        return
    with counting():
        whole = answering.standing(months[0])
        differing = answering.bills(months[0], state="different").count()
    place = f"{reverse('insurer')}?bulan={months[0]}"
    bills = f"{reverse('insurer_bills')}?lihat=different"
    unfetched, unanswered = len(whole["unfetched"]), len(whole["unanswered"])
    yield Todo(_("berkas kirim belum diambil"), f"{place}&lihat=unfetched", unfetched, urgent=bool(unfetched))
    yield Todo(_("berkas kirim belum dijawab seluruhnya"), f"{place}&lihat=unanswered", unanswered)
    yield Todo(_("tagihan belum cocok dengan daftar"), bills, differing)


def _answers(work: Any) -> tuple[Words, str]:
    if work.arguments["place"] == "papers":
        failed = work.state == "failed"
        return (_again(), reverse("papers_answer")) if failed else (_("Buka SK dan kirim"), reverse("papers"))
    if work.state == "failed":
        return _again(), reverse("insurer_answers")
    return _("Buka jawabannya"), reverse("insurer_answer", args=[work.result["answer"]])


def _bills(work: Any) -> tuple[Words, str]:
    if work.arguments["place"] == "bills":
        failed = work.state == "failed"
        return (_again(), reverse("bills_upload")) if failed else (_("Buka tagihan"), reverse("bills"))
    counts = work.result.get("counts", {})
    if counts.get("bills") or counts.get("told"):
        sha256 = work.arguments["files"][0]["sha256"]
        return _("Buka tagihannya"), reverse("insurer_bill_file", args=[sha256])
    return (_again() if work.state == "failed" else _("Buka tagihan")), reverse("insurer_bills")


def _again() -> str:
    return _("Pilih berkas lain")


def _said_of_answers(work: Any) -> tuple[int, str]:
    counts = work.result["counts"]
    if counts["known"] and not counts["files"]:
        return level.WARNING, _("Berkas ini sudah diterima sebelumnya; tidak ada yang berubah.")
    taken = counts["accepted"] + counts["rejected"] + counts["pending"]
    if counts["held"] and not taken:
        return level.ERROR, _("Angka kendali tidak sama dengan isinya: tidak ada yang diambil.")
    said = _("%(n)s baris diambil, %(told)s tidak cocok.") % {
        "n": dotted(taken),
        "told": dotted(counts["told"]),
    }
    if counts["held"]:
        said += " " + _("%(n)s berkas ditahan karena tidak terbaca atau angkanya tidak cocok.") % {
            "n": dotted(counts["held"])
        }
    return (level.WARNING if counts["held"] else level.SUCCESS), said


def _said_of_bills(work: Any) -> tuple[int, str]:
    counts = work.result["counts"]
    if not counts["bills"] and not counts["told"]:
        return level.WARNING, _("Semua tagihan di berkas ini sudah diterima sebelumnya.")
    said = _("%(n)s tagihan diterima; %(matched)s tagihan sekarang cocok dengan daftar.") % {
        "n": dotted(counts["bills"]),
        "matched": dotted(counts["matched"]),
    }
    if counts["withdrawn"]:
        said += " " + _("%(n)s menggantikan tagihan lama.") % {"n": dotted(counts["withdrawn"])}
    if counts["told"]:
        said += " " + _("%(n)s baris tidak dapat diambil.") % {"n": dotted(counts["told"])}
    return level.SUCCESS, said


#: Kind of work → words and address of where to go on when it ended; what is said there.
RESULTS = {"answers": _answers, "bills": _bills}
SENTENCES = {"answers": _said_of_answers, "bills": _said_of_bills}
