"""Kader posyandu."""
