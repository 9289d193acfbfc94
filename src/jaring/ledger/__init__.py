"""Rupiah, double entry, append-only: what was allowed, promised, billed and paid, fund by fund.

For: balanced entries under a key that makes a repeat harmless, the trial balance, and a plain text
of the whole ledger that an outsider can add up again. `events` says which lines each event posts.
Never: knows a person, decides whether money may be spent, or changes what was once posted; a mistake
is mended by an entry that turns it round.
"""
