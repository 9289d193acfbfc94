"""Accounts, entries and their postings. Triggers of the migrations refuse every change and imbalance."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Account(models.Model):
    """One account of one fund, named as in the chart: ``Anggaran:Komitmen:DBHCHT-2026``."""

    code = models.CharField(max_length=120, primary_key=True)
    group = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    fund = models.CharField(max_length=60, db_index=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """One event. ``lines`` and ``debit_idr`` are fixed with it, so that no posting can join it later."""

    key = models.CharField(max_length=200, unique=True)
    date = models.DateField(db_index=True)
    memo = models.CharField(max_length=300)
    document = models.CharField(max_length=200)
    lines = models.IntegerField()
    debit_idr = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    posted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lines__gte=2), name="ledger_entry_two_lines"),
            models.CheckConstraint(condition=Q(debit_idr__gt=0), name="ledger_entry_moves_money"),
            models.CheckConstraint(condition=~Q(key=""), name="ledger_entry_has_key"),
        ]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """One line: a debit when positive, a credit when negative, never zero."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount_idr = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount_idr=0), name="ledger_posting_not_zero")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount_idr}"
