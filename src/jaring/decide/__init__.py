"""The law applied to many people at once."""
