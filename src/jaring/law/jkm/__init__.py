"""Jaminan kematian: what heirs receive."""
