"""How many systems do it: the rules in tables, a query for each rule and a save for each person."""

from __future__ import annotations

import os
import sys
import tempfile
import time


def main(count: int) -> None:
    """Price so many people of the same draw one by one; print how many, seconds, and whether they agree."""
    with tempfile.TemporaryDirectory(prefix="jaring-bench-", ignore_cleanup_errors=True) as home:
        os.chmod(home, 0o755)  # noqa: S103 - the embedded server runs as another user
        os.environ["JARING_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "jaring.tables.settings"
        import django

        django.setup()
        print(count, *_priced(count))


def _priced(count: int) -> tuple[str, str]:
    from django.db import connections, models

    from bench._law_peers import BASES, CEILINGS, JKM, PU_RATES, RISK_RATES, STARTS
    from bench._law_people import MONTHS, RISKS, codes, frame
    from jaring.law import advance

    class Bracket(models.Model):  # noqa: DJ008 - never shown
        start_idr = models.BigIntegerField(unique=True)
        base_idr = models.BigIntegerField()

        class Meta:
            app_label = "bench"

    class Discount(models.Model):  # noqa: DJ008 - never shown
        sector = models.CharField(max_length=16)
        first_month = models.IntegerField()

        class Meta:
            app_label = "bench"

    class Rate(models.Model):  # noqa: DJ008 - never shown
        name = models.CharField(max_length=16, unique=True)
        parts = models.BigIntegerField()

        class Meta:
            app_label = "bench"

    class Due(models.Model):  # noqa: DJ008 - never shown
        number = models.BigIntegerField(unique=True)
        iuran_idr = models.BigIntegerField()

        class Meta:
            app_label = "bench"

    with connections["owner"].schema_editor() as editor:
        for model in (Bracket, Discount, Rate, Due):
            editor.create_model(model)
    Bracket.objects.using("owner").bulk_create(
        Bracket(start_idr=int(start), base_idr=int(base)) for start, base in zip(STARTS, BASES, strict=True)
    )
    Discount.objects.using("owner").bulk_create(
        [Discount(sector="transport", first_month=1), Discount(sector="other", first_month=4)]
    )
    Rate.objects.using("owner").bulk_create(
        Rate(name=str(name), parts=int(rate)) for name, rate in zip(RISKS, RISK_RATES, strict=True)
    )

    def share(amount: int, rate: int) -> int:
        return (amount * rate + 50_000) // 100_000

    def year(one: dict[str, object]) -> int:
        if one["kind"] == "pu":
            wage = int(str(one["wage_idr"]))
            rate = Rate.objects.using("owner").get(name=one["risk_class"]).parts
            fixed = share(wage, rate) + sum(share(wage, part) for part in PU_RATES[:3])
            capped = [min(wage, CEILINGS[3] if month >= 3 else CEILINGS[1]) for month in range(1, MONTHS + 1)]
            return MONTHS * fixed + sum(share(c, PU_RATES[3]) + share(c, PU_RATES[4]) for c in capped)
        brackets = Bracket.objects.using("owner").filter(start_idr__lte=one["income_idr"])
        base = brackets.order_by("-start_idr").values_list("base_idr", flat=True)[0]
        halved = 0
        if one["source"] in {"self", "csr"}:
            halved = MONTHS + 1 - Discount.objects.using("owner").get(sector=one["sector"]).first_month
        jht = MONTHS * (base // 50) if one["programmes"] != "jkk+jkm" else 0
        return (base // 200 + JKM // 2) * (2 * MONTHS - halved) + jht

    people = frame(codes(count))
    rows = people.to_dicts()
    start = time.perf_counter()
    for number, one in enumerate(rows):
        Due(number=number, iuran_idr=year(one)).save(using="owner")
    seconds = time.perf_counter() - start
    saved = Due.objects.using("owner").order_by("number").values_list("iuran_idr", flat=True)
    agrees = list(saved) == advance.payment(people)["iuran_idr"].to_list()
    connections.close_all()
    return f"{seconds:.2f}", "ya" if agrees else "tidak"


if __name__ == "__main__":
    main(int(sys.argv[1]))
