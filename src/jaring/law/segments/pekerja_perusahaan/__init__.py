"""Pekerja perusahaan."""
