"""Pekerja migran Indonesia: cover of a whole contract abroad, bought at once."""
