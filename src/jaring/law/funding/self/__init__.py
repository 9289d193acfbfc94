"""Peserta sendiri (mandiri)."""
