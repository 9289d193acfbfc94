"""Anggota Satlinmas atau Badan Keamanan Desa (BKD)."""
