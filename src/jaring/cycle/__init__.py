"""The month's job: its stages in order."""
