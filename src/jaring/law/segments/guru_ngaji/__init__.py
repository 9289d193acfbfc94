"""Guru ngaji."""
