"""Benefits: what a member or the heirs receive, one folder each. JKM stands in ``jkm`` and ``membership``.

For: the sums, limits and clocks of each benefit by the day of the event, for any number of cases.
Never: decides a claim; that is the insurer's.
"""
