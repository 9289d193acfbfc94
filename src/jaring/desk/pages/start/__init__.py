"""The first page after signing in: what waits for this officer, and where their work is."""
