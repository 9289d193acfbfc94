"""What the regulations say: one folder per concept, and the few functions that apply them to frames.

For: dated values with their article and confidence, rules written once as Polars expressions, reasons
in Indonesian, worked examples that run as tests and print the handbook.
Never: touches a database, a file of an office, the clock or the web; holds a legal number in Python.

A concept is a folder with ``values.yaml``, ``rule.py`` and ``examples.yaml``; it is found by listing.
Concepts of one kind share a folder (``funding/<source>``, ``segments/<segment>``).
"""

from jaring.law.dated import in_force
from jaring.law.loader import digest

__all__ = ["digest", "in_force"]
