"""Penerima upah: workers in an employment relation, also of the village and the regency."""
