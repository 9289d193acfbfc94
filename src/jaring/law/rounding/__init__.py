"""Rounding to whole rupiah: one rule for every contribution."""
