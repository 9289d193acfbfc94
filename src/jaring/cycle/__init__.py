"""The month's job: every stage in order, each safe to repeat, from the inbox to counted coverage.

For: one call that takes the work as far as it can go today and says what it waits for.
Never: decides anything itself; a stage is one action of one room.
"""
