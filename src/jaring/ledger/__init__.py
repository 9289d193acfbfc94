"""Rupiah, double entry, append-only."""
