"""Marbot."""
