"""The door for machines: lists in, batches out, answers in, coverage; described by OpenAPI 3.1.

For: other programs of the offices, of the insurer and of the regency, each with a token of its own.
Never: holds a rule or a count of its own; lets a token do what its officer may not do on the site.
"""
