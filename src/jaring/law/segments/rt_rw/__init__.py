"""Ketua RT dan RW."""
