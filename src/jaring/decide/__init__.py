"""The law applied to many people at once, and the decisions kept with what they were made from.

For: one worker row per person and month out of all lists, each fact chosen by a dated, explained
precedence; the decision on it; its history.
Never: reads another room's tables (the caller hands frames in), decides who pays, overwrites a decision.
"""
