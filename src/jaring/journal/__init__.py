"""Who did what, when: one entry per command, each chained to the one before by its hash.

For: evidence that a change to the past would be seen.
Never: holds a NIK or a name; is changed or thinned out; speaks of rows (an import is one entry).
"""
