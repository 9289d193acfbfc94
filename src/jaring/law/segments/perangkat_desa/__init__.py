"""Kepala desa dan perangkat desa."""
