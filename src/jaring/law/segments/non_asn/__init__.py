"""Pegawai non-ASN pemerintah daerah."""
