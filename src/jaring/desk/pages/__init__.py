"""One folder per area of the site, found by listing.

Each holds ``__init__`` (its menu lines, what waits in it), ``urls``, ``views``, ``forms``; its templates
stand under ``templates/desk/<area>/``.
"""
