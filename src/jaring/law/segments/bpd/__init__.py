"""Anggota Badan Permusyawaratan Desa."""
