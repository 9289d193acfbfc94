"""Alokasi dana desa (ADD)."""
