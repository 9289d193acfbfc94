"""Who pays for whom: funds with their budgets, the waterfall over them, and what an optimum would do.

For: budgets and their changes, the rule-based proposal that a second person approves, awards, the
waiting list with rank and reason, commitments that cannot exceed a budget, rupiah not paid twice.
Never: decides who is eligible or which source is lawful (the law does), sends anything to the
insurer, or spends money without an approved proposal behind it.
"""
