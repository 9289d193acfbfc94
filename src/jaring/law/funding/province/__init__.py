"""APBD atau DBHCHT provinsi."""
