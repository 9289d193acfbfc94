"""What `make bench` measures: each module of this folder is one measurement against named peers and limits.

Ratios are taken within one run on one machine; no figure here is a timed test.
"""
