"""The invented regency: its people, the lists as offices keep them, stand-ins for insurer and treasury.

For: the demonstration, the tests and the benchmarks. Everything follows from one seed; the truth (who is
who) is written apart, so that recognition can be scored.
Never: holds or resembles a real person's number (serials begin at 9001, far above what registrars give
out), is imported by the product, opens a database.
"""
