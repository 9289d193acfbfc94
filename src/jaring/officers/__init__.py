"""Accounts of the people who work here: roles with an end date, and the territory each may see.

For: who may do what, where, until when.
Never: knows what is done with a right; stores a password but as Argon2id.
"""
