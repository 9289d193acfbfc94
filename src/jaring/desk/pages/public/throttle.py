"""Wrong codes counted by address. A right code is never held back, whoever else guesses beside it."""

from __future__ import annotations

import ipaddress

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest

from jaring.tables.secrets import blind

#: Wrong codes an address may try in one window; a hall full of people behind one address stays below it.
TRIES = 30
WINDOW_SECONDS = 300


def held_back(request: HttpRequest) -> bool:
    """Count one wrong code of this address; whether there have been too many for now."""
    key = f"kartu:{blind(_network(get_ip(request)), 'desk.public.address').hex()}"
    if cache.add(key, 1, WINDOW_SECONDS):
        return False
    try:
        return cache.incr(key) > TRIES
    except ValueError:  # it ended between the two
        return False


def _network(address: str | None) -> str:
    """One subscriber: an IPv4 address, or the /64 within which an IPv6 one moves at will."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
