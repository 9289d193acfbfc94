"""From decree to paid months."""
