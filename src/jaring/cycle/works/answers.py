"""The insurer's answers, one file or several: read, matched by reference, the months moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaring.cycle.taking import taken
from jaring.cycle.works import Progress
from jaring.enrolment.actions_answer import read_answers
from jaring.enrolment.models import Answer
from jaring.facts.reason import refuse

TITLE = "Mengambil jawaban BPJS"


def run(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``files``: their names and the ``sha256`` under which they are kept; ``by``; ``place``: the page that
    shows what became of them.

    One file that cannot be read is refused; of several it is told, and the others are taken.
    """
    with taken(arguments, "answer.give") as files:
        progress(0, 2, "Membaca dan memeriksa berkas")
        counts = read_answers(
            files,
            by=arguments["by"],
            strict=len(files) == 1,
            progress=lambda doing: progress(1, 2, doing),
        )
        if not counts["files"] and not counts["known"]:
            raise refuse(
                "berkas-tak-terbaca",
                "Tidak satu pun dari berkas ini dapat dibaca sebagai jawaban.",
                "Kirim berkas menurut susunan yang disepakati.",
            )
        found = Answer.objects.filter(sha256__in=[one["sha256"] for one in arguments["files"]])
        first = found.order_by("pk").first()
    return {"answer": first.pk if first else None, "held": first is not None and first.state == "held"} | {
        "counts": counts
    }
