"""The worker's part in a test that has no worker: long work done at once, and its page followed."""

from __future__ import annotations

from typing import Any


def work_off() -> None:
    """Everything that waits, in its order."""
    from jaring.cycle.models import Work
    from jaring.cycle.work import carry_out

    while (waiting := Work.objects.filter(state="waiting").order_by("pk").first()) is not None:
        carry_out.func(waiting.pk)


def went_on(client: Any, answer: Any) -> Any:
    """From the answer to an upload to what became of it, as its officer goes: through the page of the work.

    The page of a work that failed is given back as it stands.
    """
    from jaring.cycle.models import Work

    assert answer.status_code == 302, "nothing was begun"
    place = answer["Location"]
    assert place.startswith("/pekerjaan/"), place
    work_off()
    work = Work.objects.get(key=place.split("/")[2])
    if work.state == "failed":
        return client.get(place)
    return client.post(f"/pekerjaan/{work.key}/buka/", follow=True)
