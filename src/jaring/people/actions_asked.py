"""A doubtful pair put to the village, the village's answer, and a verdict taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jaring.facts.reason import refuse
from jaring.journal.actions import record
from jaring.people import policy
from jaring.people.models import Link, Merge, Person, Review, Verdict
from jaring.tables import secrets


@transaction.atomic
def ask_village(review_id: int, *, by: str) -> Review:
    """Put the question to the operator of the desa in which both live; asked again, it is asked anew.

    Two of different desa are not put to either: each operator would read the other's person.
    """
    review = _held(review_id, "ask")
    places = {review.left_person.desa_code, review.right_person.desa_code}
    desa = places.pop() if len(places) == 1 else None
    if not desa:
        raise refuse(
            "dua-desa",
            "Kedua catatan tidak berada di satu desa, jadi tidak ada operator yang boleh melihat keduanya.",
            "Tanyakan kepada kantor asal daftar, lalu putuskan di sini.",
        )
    review.state, review.asked_desa = "asked", desa
    review.answer, review.answered_by, review.answered_at = "", "", None
    review.decided_by, review.decided_at = by, timezone.now()
    review.save()
    record("people.review.ask_village", f"kasus {review_id}", by=by, desa=desa)
    return review


@transaction.atomic
def answer(review_id: int, says: str, *, desa_code: str, by: str) -> Review:
    """What the village's operator says: ``same``, ``different`` or ``unknown``. The office decides."""
    review = _held(review_id, "answer")
    if review.asked_desa != desa_code:
        raise _unknown()
    if says not in policy.SAYS:
        raise refuse("jawaban-tak-dikenal", "Jawaban itu tidak dikenal.", "Pilih salah satu jawaban.")
    review.state, review.answer = "answered", says
    review.answered_by, review.answered_at = by, timezone.now()
    review.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record("people.review.answer", f"kasus {review_id}", by=by, desa=desa_code, says=says)
    return review


@transaction.atomic
def undo(review_id: int, *, by: str) -> Review:
    """Take a verdict back: the question is open again and two who became one are two again.

    Refused when a later verdict built on this one: that is taken back first. What was promised or paid
    to the one person meanwhile stays with the one who was kept.
    """
    review = _held(review_id, "undo")
    verdict = review.state
    if verdict == "same":
        _split(review)
    keys = sorted((bytes(review.left_key), bytes(review.right_key)))
    Verdict.objects.filter(low_key=keys[0], high_key=keys[1]).delete()
    review.state, review.decided_at, review.decided_by = "open", None, ""
    review.save(update_fields=["state", "decided_at", "decided_by", "left_person", "right_person"])
    record("people.review.undo", f"kasus {review_id}", by=by, verdict=verdict)
    return review


def _unknown() -> Exception:
    return refuse("kasus-tidak-ada", "Kasus ini tidak ada.", "Muat ulang daftar kasus.")


def _held(review_id: int, step: str) -> Review:
    review = Review.objects.select_for_update().filter(pk=review_id).first()
    if review is None:
        raise _unknown()
    if step not in policy.REVIEW[review.state]:
        raise refuse(
            "langkah-tidak-dapat",
            "Keadaan kasus ini sudah berubah, jadi langkah itu tidak dapat dilakukan lagi.",
            "Muat ulang kasusnya.",
        )
    return review


def _split(review: Review) -> None:
    """What the merge of this verdict moved goes back to whom it came from."""
    merge = Merge.objects.select_for_update().filter(review=review, undone_at=None).order_by("-id").first()
    if merge is None:
        raise refuse(
            "tidak-dapat-dipisah",
            "Catatan penyatuan kasus ini tidak ada, jadi tidak dapat dipisahkan dengan aman.",
            "Dua catatan ini sudah satu orang sebelum kasus diputus, atau diputus sebelum catatan disimpan.",
        )
    touched = [merge.kept_id, merge.gone_id]
    after = Merge.objects.filter(pk__gt=merge.pk, undone_at=None)
    later = (after.filter(kept__in=touched) | after.filter(gone__in=touched)).order_by("-id").first()
    if later is not None:
        raise refuse(
            "ada-putusan-sesudahnya",
            f"Kasus {later.review_id} diputus sesudahnya dan menyangkut orang yang sama.",
            f"Batalkan kasus {later.review_id} lebih dahulu.",
        )
    held = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=touched).order_by("pk")}
    kept, gone = held[merge.kept_id], held[merge.gone_id]
    for column in merge.columns:
        setattr(kept, column, None)
    kept.save(update_fields=merge.columns)
    gone.merged_into = None
    if "nik_bi" in merge.columns and gone.nik_ct is not None:
        nik = secrets.decrypt(bytes(gone.nik_ct), f"people.person:{gone.public_id}:nik")
        gone.nik_bi = secrets.blind(nik, "nik")
    gone.save(update_fields=["merged_into", "nik_bi"])
    _back(merge, review)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])


def _back(merge: Merge, review: Review) -> None:
    """Rows and questions return to the one who is a person again, and so do rows of the same content."""
    links = Link.objects.filter(person=merge.kept_id)
    own = list(links.filter(pk__in=merge.links).values_list("record_key", flat=True))
    (links.filter(pk__in=merge.links) | links.filter(record_key__in=own)).update(person=merge.gone_id)
    for side, cases in (("left_person", merge.left_cases), ("right_person", merge.right_cases)):
        Review.objects.filter(pk__in=cases, **{side: merge.kept_id}).update(**{side: merge.gone_id})
    # Questions that were closed because the two had become one are questions again.
    closed = Review.objects.filter(pk__in=[*merge.left_cases, *merge.right_cases], state="closed")
    closed.filter(decided_at__gte=merge.at).update(state="open", decided_at=None)
    review.refresh_from_db(fields=["left_person", "right_person"])
