"""Jaring: brings every worker of a regency under employment social security, and keeps them there."""
