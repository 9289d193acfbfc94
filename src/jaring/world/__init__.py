"""The invented regency."""
