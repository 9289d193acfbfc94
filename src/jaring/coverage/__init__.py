"""How many are protected: counted from paid person-months, with both definitions, as-of date and source.

For: figures by month and by village, kecamatan, segment, sex, age; the published figures beside ours.
Never: states a bare percentage; guesses a month that nobody has evidence for; holds a person's data.
"""
