"""Dana Desa (APBN)."""
