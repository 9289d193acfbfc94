"""Pelaku usaha mikro dan kecil."""
