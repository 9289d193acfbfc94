"""What the regulations say: one folder per concept."""
