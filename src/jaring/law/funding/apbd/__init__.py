"""APBD kabupaten."""
