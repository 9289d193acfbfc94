"""The world of the walks, for every test that walks."""

from tests.unit.desk.walking import undone, world

__all__ = ["undone", "world"]
