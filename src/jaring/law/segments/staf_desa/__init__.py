"""Staf, pekemit dan operator desa."""
