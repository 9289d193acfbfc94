"""Buruh tani tembakau."""
