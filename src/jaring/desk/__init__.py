"""The officials' site: pages drawn by the server, readable without script, on a phone first.

For: showing what the rooms below return, and calling their actions.
Never: holds a rule or a count of its own; shows a person to someone without the right.
"""
