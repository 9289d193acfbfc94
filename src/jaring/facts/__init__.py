"""The nouns of the field: Nik, Month, Rupiah, Reason, the region and its units.

For: values that every room speaks in, with their one definition of validity.
Never: touches a database, a file of a user, the clock, or a rule of law.
"""
