"""Pemberi kerja."""
