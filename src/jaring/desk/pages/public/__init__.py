"""For anybody with a card, and for heirs: no sign-in, no name, no cookie, no script."""
