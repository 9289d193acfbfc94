"""Petani tembakau."""
