"""Pekerja miskin dan miskin ekstrem."""
