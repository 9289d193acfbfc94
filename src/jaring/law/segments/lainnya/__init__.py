"""Pekerja lain di luar hubungan kerja."""
