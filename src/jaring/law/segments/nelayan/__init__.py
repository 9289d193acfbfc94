"""Nelayan."""
