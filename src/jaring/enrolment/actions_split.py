"""Two who were one person are two again: whose is what was promised meanwhile? A question, never a guess."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jaring.enrolment.models import Discrepancy
from jaring.facts.reason import refuse, stated
from jaring.facts.rupiah import written
from jaring.journal.actions import record
from jaring.people import actions_asked
from jaring.people.models import Merge, Review
from jaring.tables.frames import read

#: The code of the question.
PROMISED = "dijanjikan-selagi-satu"


@transaction.atomic
def undo(review_id: int, *, by: str) -> Review:
    """Take a verdict back as ``people.actions_asked.undo`` does, and ask what of the money was whose.

    What was promised since the merge stays with the one who was kept until the office decides: a
    mutation where it was the other's, closing the question where it was theirs.
    """
    merge = Merge.objects.filter(review_id=review_id, undone_at=None).order_by("-id").first()
    done = actions_asked.undo(review_id, by=by)
    if merge is not None:
        _ask(merge)
    return done


def questions() -> QuerySet[Discrepancy]:
    """Those that nobody has answered, of the people whom this officer may see."""
    return Discrepancy.seen.filter(code=PROMISED, settled_at=None)


@transaction.atomic
def close(question: Discrepancy | int, reason: str, *, by: str) -> Discrepancy:
    """The office has decided whose it was, and says so. Again changes nothing."""
    why = stated(reason)
    key = question if isinstance(question, int) else question.pk
    held = Discrepancy.objects.select_for_update().filter(pk=key, code=PROMISED).first()
    if held is None:
        raise refuse("pertanyaan-tidak-ada", "Pertanyaan ini tidak ada.", "Muat ulang daftarnya.")
    if held.settled_at is not None:
        return held
    held.settled_at = timezone.now()
    held.save(update_fields=["settled_at"])
    record("enrolment.close_split", held.paper, by=by, amount_idr=held.amount_idr, alasan=why)
    return held


def _ask(merge: Merge) -> None:
    """One question for one undone merge that money followed."""
    found = read(
        """SELECT count(*) AS awards, coalesce(sum(cardinality(a.prices_idr)), 0)::bigint AS months,
                  coalesce(sum(a.total_idr), 0)::bigint AS idr
             FROM funding_award a JOIN funding_proposal p ON p.id = a.proposal_id
            WHERE a.person_id = %s AND a.state = 'active' AND p.approved_at >= %s""",
        [merge.kept_id, merge.at],
    )
    awards, months, amount = found.row(0)
    if not awards:
        return
    kept, gone = (str(one.public_id)[:8] for one in (merge.kept, merge.gone))
    Discrepancy.objects.get_or_create(
        key=f"pisah:{merge.pk}",
        defaults={
            "code": PROMISED,
            "paper": f"kasus {merge.review_id}",
            "person_id": merge.kept_id,
            "amount_idr": amount,
            "sentence": f"Kode {kept}: {months} bulan, {written(amount)}, dijanjikan selagi dianggap satu "
            f"orang dengan kode {gone}. Periksa hak siapa.",
        },
    )
