"""Pekerja migran Indonesia."""
