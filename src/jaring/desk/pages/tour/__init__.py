"""The demo's own area: one press opens any role, and a walk through the month shows what each does."""
