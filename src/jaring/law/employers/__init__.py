"""Employers: duties with their clocks, the ladder of sanctions, the cost of under-reporting, who may act.

For: where a case stands on a day and what may come next, as expressions over a frame of cases.
Never: sends a letter or records a case; that is the room ``employers``.
"""
